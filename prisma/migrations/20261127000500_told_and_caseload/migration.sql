-- Indicators (store/indicators.ts) read these alone: whose case is open, which requests staff have answered so that it
-- arrived, and what nobody understood. Of messages only those of staff stand here, so that what people write and what
-- campaigns send cost no more.
CREATE INDEX "case_file_open" ON "case_file" ("person_id") WHERE "closed_at" IS NULL;
CREATE INDEX "message_told" ON "message" ("request_id") WHERE "direction" = 'out' AND "staff_id" IS NOT NULL
  AND "state" IN ('sent', 'delivered', 'read');
CREATE INDEX "request_not_understood" ON "request" ("opened_at") WHERE "cause" = 'not_understood' AND "visibility" <> 'sealed';
