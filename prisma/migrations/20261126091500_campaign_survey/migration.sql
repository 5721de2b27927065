-- What people chose in the survey that a campaign began.
ALTER TABLE "campaign_recipient" ADD COLUMN "survey" JSONB;
