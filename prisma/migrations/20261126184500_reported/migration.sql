-- On which day a matter was reported to those outside who look into it, when somebody was called because it was not, and
-- since when its words are gone.
ALTER TABLE "request" ADD COLUMN     "reported_on" DATE,
ADD COLUMN     "report_called_at" TIMESTAMPTZ,
ADD COLUMN     "forgotten_at" TIMESTAMPTZ;

-- What is still to be reported, and what is to be forgotten, are few.
CREATE INDEX "request_unreported" ON "request"("opened_at") WHERE "reported_on" IS NULL AND "kind" IN ('complaint.sea', 'complaint.fraud');
CREATE INDEX "request_reported" ON "request"("reported_on") WHERE "reported_on" IS NOT NULL AND "forgotten_at" IS NULL;
