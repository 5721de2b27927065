-- AlterTable
ALTER TABLE "message" ADD COLUMN     "campaign_id" UUID;

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "guarded" BOOLEAN NOT NULL DEFAULT false,
    "sensitive" BOOLEAN NOT NULL DEFAULT false,
    "audience" JSONB NOT NULL DEFAULT '{}',
    "audience_id" UUID,
    "texts" JSONB NOT NULL DEFAULT '{}',
    "picture" JSONB,
    "question" JSONB,
    "starts_at" TIMESTAMPTZ,
    "ends_at" TIMESTAMPTZ,
    "repeat" TEXT NOT NULL DEFAULT 'once',
    "round_of_id" UUID,
    "corrects_id" UUID,
    "limits" JSONB NOT NULL DEFAULT '{}',
    "released" JSONB,
    "released_at" TIMESTAMPTZ,
    "canary_until" TIMESTAMPTZ,
    "halt" TEXT,
    "ended_at" TIMESTAMPTZ,
    "writer_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_act" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "staff_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,
    "note" TEXT,

    CONSTRAINT "campaign_act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_recipient" (
    "campaign_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "canary" BOOLEAN NOT NULL DEFAULT false,
    "address_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "neutral" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "not_before" TIMESTAMPTZ,
    "message_id" UUID,
    "written_at" TIMESTAMPTZ,
    "answered_at" TIMESTAMPTZ,
    "answer" TEXT,
    "stopped_at" TIMESTAMPTZ,

    CONSTRAINT "campaign_recipient_pkey" PRIMARY KEY ("campaign_id","person_id")
);

-- CreateTable
CREATE TABLE "audience" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "audience_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_list" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "case_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_list_row" (
    "list_id" UUID NOT NULL,
    "number_hash" BYTEA NOT NULL,

    CONSTRAINT "case_list_row_pkey" PRIMARY KEY ("list_id","number_hash")
);

-- CreateIndex
CREATE INDEX "campaign_state_idx" ON "campaign"("state");

-- CreateIndex
CREATE INDEX "campaign_round_of_id_idx" ON "campaign"("round_of_id");

-- CreateIndex
CREATE INDEX "campaign_corrects_id_idx" ON "campaign"("corrects_id");

-- CreateIndex
CREATE INDEX "campaign_act_campaign_id_at_idx" ON "campaign_act"("campaign_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_recipient_message_id_key" ON "campaign_recipient"("message_id");

-- CreateIndex
CREATE INDEX "campaign_recipient_address_id_written_at_idx" ON "campaign_recipient"("address_id", "written_at");

-- CreateIndex
CREATE INDEX "campaign_recipient_person_id_idx" ON "campaign_recipient"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "audience_name_key" ON "audience"("name");

-- AddForeignKey
ALTER TABLE "campaign_act" ADD CONSTRAINT "campaign_act_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipient" ADD CONSTRAINT "campaign_recipient_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_list_row" ADD CONSTRAINT "case_list_row_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "case_list"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What still waits of a campaign on one account, in its order.
CREATE INDEX "campaign_recipient_waiting" ON "campaign_recipient"("campaign_id", "channel_id", "place") WHERE "state" = 'waiting';

-- How the messages of a campaign fared, and the last one of an address.
CREATE INDEX "message_of_campaign" ON "message"("campaign_id", "state") WHERE "campaign_id" IS NOT NULL;

-- What somebody last said to an information: agreed, refused, withdrawn.
CREATE INDEX "consent_to_information" ON "consent"("person_id", "at" DESC, "id" DESC) INCLUDE ("answer") WHERE "item" = 'information';
