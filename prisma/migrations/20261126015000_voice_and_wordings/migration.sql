-- CreateTable
CREATE TABLE "wording" (
    "id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "based_on" TEXT NOT NULL,
    "text" TEXT,
    "certainty" TEXT,
    "reviewer" TEXT,
    "reviewed" TIMESTAMPTZ,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "wording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clip" (
    "id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "saying" TEXT NOT NULL,
    "wording" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "size" INTEGER NOT NULL,
    "data" BYTEA,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "clip_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "wording_language_key_number_key" ON "wording"("language", "key", "number");

-- CreateIndex
CREATE INDEX "clip_language_saying_id_idx" ON "clip"("language", "saying", "id");

-- CreateIndex
CREATE INDEX "clip_sha256_idx" ON "clip"("sha256");
