-- AlterTable
ALTER TABLE "request" ADD COLUMN     "campaign_id" UUID;

-- Requests that a campaign brought.
CREATE INDEX "request_of_campaign" ON "request"("campaign_id") WHERE "campaign_id" IS NOT NULL;
