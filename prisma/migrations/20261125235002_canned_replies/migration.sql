-- CreateTable
CREATE TABLE "reply_version" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "queue" TEXT,
    "texts" JSONB NOT NULL,
    "certainty" TEXT,
    "reviewer" TEXT,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "reply_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reply_version_key_number_key" ON "reply_version"("key", "number");
