-- CreateTable
CREATE TABLE "partner" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "services" TEXT[],
    "regions" TEXT[],
    "contact" TEXT NOT NULL DEFAULT '',
    "email" TEXT,
    "language" TEXT NOT NULL DEFAULT 'fr',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "need_id" UUID,
    "person_id" UUID NOT NULL,
    "case_id" UUID,
    "address_id" UUID,
    "partner_id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note_enc" BYTEA,
    "key_id" UUID NOT NULL,
    "items" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "consent_id" UUID,
    "token_hash" BYTEA,
    "token_until" TIMESTAMPTZ,
    "shared_enc" BYTEA,
    "sent_at" TIMESTAMPTZ,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ,
    "answer_due_at" TIMESTAMPTZ,
    "silent_at" TIMESTAMPTZ,
    "answered_at" TIMESTAMPTZ,
    "decline_reason" TEXT,
    "came" BOOLEAN,
    "prompt" TEXT,
    "ask_person_at" TIMESTAMPTZ,
    "knocked" BOOLEAN NOT NULL DEFAULT false,
    "country" TEXT NOT NULL DEFAULT 'ML',
    "removed_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id"),
    -- Nothing leaves without a record of the person's yes, whatever the program believes.
    CONSTRAINT "referral_consented" CHECK ("sent_at" IS NULL OR "consent_id" IS NOT NULL)
);

-- CreateIndex
CREATE UNIQUE INDEX "partner_name_key" ON "partner"("name");

-- CreateIndex
CREATE UNIQUE INDEX "referral_token_hash_key" ON "referral"("token_hash");

-- CreateIndex
CREATE INDEX "referral_request_id_idx" ON "referral"("request_id");

-- CreateIndex
CREATE INDEX "referral_person_id_idx" ON "referral"("person_id");

-- CreateIndex
CREATE INDEX "referral_ask_person_at_idx" ON "referral"("ask_person_at");

-- CreateIndex
CREATE INDEX "referral_answer_due_at_idx" ON "referral"("answer_due_at");

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "consent" ADD COLUMN "referral_id" UUID;

-- AlterTable
ALTER TABLE "address" ADD COLUMN "referred" BOOLEAN NOT NULL DEFAULT false;
