-- When a file that did not come is tried again, and which ones were given up after a day.
ALTER TABLE "media" ADD COLUMN "next_try_at" TIMESTAMPTZ;
CREATE INDEX "media_lost" ON "media"("message_id") WHERE "state" = 'lost';
