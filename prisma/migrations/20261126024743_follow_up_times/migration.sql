-- AlterTable
ALTER TABLE "follow_up" ADD COLUMN     "country" TEXT,
ADD COLUMN     "ended_at" TIMESTAMPTZ,
ADD COLUMN     "knocked" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "minutes" SMALLINT,
ADD COLUMN     "office_id" UUID,
ADD COLUMN     "prompt" TEXT,
ADD COLUMN     "prompt_at" TIMESTAMPTZ,
ADD COLUMN     "staff_id" UUID,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "diary" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "feed_hash" BYTEA,
    "changed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "diary_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "diary_feed_hash_key" ON "diary"("feed_hash");

-- CreateIndex
CREATE INDEX "follow_up_staff_id_at_idx" ON "follow_up"("staff_id", "at");

-- CreateIndex
CREATE INDEX "follow_up_prompt_at_idx" ON "follow_up"("prompt_at");
