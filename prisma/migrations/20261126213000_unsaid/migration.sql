-- When the words of a message that was taken back had gone from what they went into.
ALTER TABLE "message" ADD COLUMN "unsaid_at" TIMESTAMPTZ;
CREATE INDEX "message_unsaid" ON "message"("id") WHERE "deleted_at" IS NOT NULL AND "unsaid_at" IS NULL;
