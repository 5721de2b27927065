-- AlterTable
ALTER TABLE "address" ADD COLUMN     "disputable_at" TIMESTAMPTZ,
ADD COLUMN     "disputable_id" UUID;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "worded_version" INTEGER;

-- AlterTable
ALTER TABLE "person_address" ADD COLUMN     "ended_by" TEXT,
ADD COLUMN     "from_id" UUID;

-- CreateTable
CREATE TABLE "message_word" (
    "word" BIGINT NOT NULL,
    "message_id" UUID NOT NULL,

    CONSTRAINT "message_word_pkey" PRIMARY KEY ("word","message_id")
);

-- CreateTable
CREATE TABLE "person_word" (
    "word" BIGINT NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "person_word_pkey" PRIMARY KEY ("word","person_id")
);

-- CreateIndex
CREATE INDEX "message_word_message_id_idx" ON "message_word"("message_id");

-- CreateIndex
CREATE INDEX "person_word_person_id_idx" ON "person_word"("person_id");

-- CreateIndex
CREATE INDEX "person_same_as_id_idx" ON "person"("same_as_id");

-- AddForeignKey
ALTER TABLE "message_word" ADD CONSTRAINT "message_word_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_same_as_id_fkey" FOREIGN KEY ("same_as_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_word" ADD CONSTRAINT "person_word_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whose name is still to be looked at.
CREATE INDEX "person_unworded" ON "person" ("id") WHERE "worded_version" IS DISTINCT FROM "version";
