-- Whether a person was asked if a matter is solved, and what they said.
ALTER TABLE "request" ADD COLUMN "loop_at" TIMESTAMPTZ(6), ADD COLUMN "loop_asked_at" TIMESTAMPTZ(6),
  ADD COLUMN "loop_answer" TEXT, ADD COLUMN "appealed_at" TIMESTAMPTZ(6);
-- Only what is still to be asked is looked for.
CREATE INDEX "request_to_ask" ON "request" ("address_id", "loop_at") WHERE "loop_at" IS NOT NULL;
