-- An age said in the chat that makes a child of somebody whom the file has as grown up, until staff have looked at it.
ALTER TABLE "request" ADD COLUMN "said_age" SMALLINT;
CREATE INDEX "request_said_age" ON "request" ("person_id") WHERE "said_age" IS NOT NULL;
