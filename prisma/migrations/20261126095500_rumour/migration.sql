-- What several people said alike, put together by an officer so that exactly they are answered.
CREATE TABLE "rumour" (
  "id" UUID NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "staff_id" UUID NOT NULL,
  "at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "rumour_at_idx" ON "rumour"("at");

ALTER TABLE "feedback" ADD COLUMN "rumour_id" UUID;
CREATE INDEX "feedback_rumour_id_idx" ON "feedback"("rumour_id");
