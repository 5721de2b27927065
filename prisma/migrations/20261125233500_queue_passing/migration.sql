-- CreateTable
CREATE TABLE "queue_passing" (
    "id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "most" INTEGER NOT NULL,
    "since" TIMESTAMPTZ NOT NULL,
    "until" TIMESTAMPTZ,

    CONSTRAINT "queue_passing_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "queue_passing_since_idx" ON "queue_passing"("since");

-- One at a time, also when two processes count at once.
CREATE UNIQUE INDEX "queue_passing_now" ON "queue_passing" ("queue", "what") WHERE "until" IS NULL;
