-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'stopped',
    "cursor" TEXT,
    "holder" TEXT,
    "held_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subject_key" (
    "id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "wrapped" BYTEA,
    "wrap_id" SMALLINT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "erased_at" TIMESTAMPTZ,

    CONSTRAINT "subject_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "address" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "external_hash" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "external_enc" BYTEA NOT NULL,
    "display_enc" BYTEA,
    "phone_hash" BYTEA,
    "phone_enc" BYTEA,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "session_id" UUID NOT NULL,
    "language" TEXT,
    "state" TEXT NOT NULL DEFAULT 'live',
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "stopped" TEXT NOT NULL DEFAULT 'no',
    "last_heard_at" TIMESTAMPTZ,
    "send_holder" TEXT,
    "send_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "address_id" UUID NOT NULL,
    "person_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,
    "state_enc" BYTEA,
    "wake_at" TIMESTAMPTZ,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "address_id" UUID NOT NULL,
    "person_id" UUID,
    "request_id" UUID,
    "direction" TEXT NOT NULL,
    "seq" BIGINT,
    "external_hash" BYTEA,
    "kind" TEXT NOT NULL,
    "body_enc" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "language" TEXT,
    "state" TEXT NOT NULL,
    "priority" SMALLINT NOT NULL DEFAULT 0,
    "visibility" TEXT NOT NULL DEFAULT 'open',
    "staff_id" UUID,
    "turn_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "state_at" TIMESTAMPTZ NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ,
    "failure" TEXT,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "mime" TEXT,
    "bytes" INTEGER,
    "seconds" INTEGER,
    "sha256" BYTEA,
    "state" TEXT NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "turn_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "staff_id" UUID,
    "address_id" UUID,
    "person_id" UUID,
    "request_id" UUID,
    "facts" JSONB NOT NULL,
    "secret_enc" BYTEA,
    "key_id" UUID,
    "visibility" TEXT NOT NULL DEFAULT 'open',

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "name_enc" BYTEA,
    "sex" TEXT,
    "birth_year" SMALLINT,
    "language" TEXT,
    "region" TEXT,
    "cercle" TEXT,
    "place_enc" BYTEA,
    "phone_enc" BYTEA,
    "phone_hash" BYTEA,
    "return_country" TEXT,
    "return_date" DATE,
    "minor" BOOLEAN NOT NULL DEFAULT false,
    "same_as_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,
    "erased_at" TIMESTAMPTZ,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_address" (
    "person_id" UUID NOT NULL,
    "address_id" UUID NOT NULL,
    "since" TIMESTAMPTZ NOT NULL,
    "until" TIMESTAMPTZ,
    "verified_at" TIMESTAMPTZ,
    "verified_by" UUID,

    CONSTRAINT "person_address_pkey" PRIMARY KEY ("person_id","address_id")
);

-- CreateTable
CREATE TABLE "case_file" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "number_enc" BYTEA,
    "number_hash" BYTEA,
    "stage" TEXT NOT NULL DEFAULT 'contact',
    "owner_id" UUID,
    "office_id" UUID,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "closure_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "case_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "visibility" TEXT NOT NULL,
    "priority" SMALLINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "category" TEXT,
    "urgency" TEXT,
    "cause" TEXT NOT NULL DEFAULT 'asked',
    "language" TEXT,
    "region" TEXT,
    "channel_kind" TEXT,
    "address_id" UUID,
    "person_id" UUID,
    "case_id" UUID,
    "office_id" UUID,
    "owner_id" UUID,
    "text_enc" BYTEA,
    "key_id" UUID,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "last_heard_at" TIMESTAMPTZ NOT NULL,
    "first_answer_at" TIMESTAMPTZ,
    "closed_at" TIMESTAMPTZ,
    "outcome" TEXT,
    "contact_attempted" BOOLEAN NOT NULL DEFAULT false,
    "danger" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_holder" (
    "request_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "since" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "request_holder_pkey" PRIMARY KEY ("request_id","staff_id")
);

-- CreateTable
CREATE TABLE "need" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "person_id" UUID,
    "category" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "text_enc" BYTEA,
    "key_id" UUID,
    "result" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,

    CONSTRAINT "need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" UUID NOT NULL,
    "request_id" UUID,
    "person_id" UUID,
    "case_id" UUID,
    "kind" TEXT,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feedback" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "address_id" UUID,
    "person_id" UUID,
    "text_enc" BYTEA,
    "key_id" UUID,
    "language" TEXT,
    "region" TEXT,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "address_id" UUID NOT NULL,
    "person_id" UUID,
    "session_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "wording" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "message_id" UUID,
    "staff_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_attempt" (
    "id" UUID NOT NULL,
    "request_id" UUID,
    "person_id" UUID,
    "staff_id" UUID NOT NULL,
    "way" TEXT NOT NULL,
    "reached" BOOLEAN NOT NULL,
    "note_enc" BYTEA,
    "key_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "contact_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "regions" TEXT[],
    "place" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "roles" TEXT[],
    "language" TEXT NOT NULL DEFAULT 'fr',
    "speaks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sex" TEXT,
    "office_id" UUID,
    "supervisor_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_staff" (
    "queue" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,

    CONSTRAINT "queue_staff_pkey" PRIMARY KEY ("queue","staff_id")
);

-- CreateTable
CREATE TABLE "sign_in" (
    "id_hash" BYTEA NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "sign_in_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "attempt" (
    "kind" TEXT NOT NULL,
    "who_hash" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "since" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("kind","who_hash")
);

-- CreateTable
CREATE TABLE "duty" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "from" TIMESTAMPTZ NOT NULL,
    "until" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holiday" (
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "holiday_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "flow_version" (
    "hash" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "shape" JSONB NOT NULL,
    "first_seen" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "flow_version_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "channel_kind_account_key" ON "channel"("kind", "account");

-- CreateIndex
CREATE INDEX "address_phone_hash_idx" ON "address"("phone_hash");

-- CreateIndex
CREATE UNIQUE INDEX "address_channel_id_external_hash_key" ON "address"("channel_id", "external_hash");

-- CreateIndex
CREATE INDEX "session_address_id_idx" ON "session"("address_id");

-- CreateIndex
CREATE INDEX "message_address_id_position_idx" ON "message"("address_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "message_address_id_external_hash_key" ON "message"("address_id", "external_hash");

-- CreateIndex
CREATE INDEX "media_message_id_idx" ON "media"("message_id");

-- CreateIndex
CREATE INDEX "event_address_id_id_idx" ON "event"("address_id", "id");

-- CreateIndex
CREATE INDEX "person_phone_hash_idx" ON "person"("phone_hash");

-- CreateIndex
CREATE INDEX "person_address_address_id_idx" ON "person_address"("address_id");

-- CreateIndex
CREATE INDEX "case_file_person_id_idx" ON "case_file"("person_id");

-- CreateIndex
CREATE INDEX "case_file_number_hash_idx" ON "case_file"("number_hash");

-- CreateIndex
CREATE INDEX "case_file_owner_id_idx" ON "case_file"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "request_reference_key" ON "request"("reference");

-- CreateIndex
CREATE INDEX "request_queue_state_due_at_idx" ON "request"("queue", "state", "due_at");

-- CreateIndex
CREATE INDEX "request_owner_id_state_due_at_idx" ON "request"("owner_id", "state", "due_at");

-- CreateIndex
CREATE INDEX "request_state_due_at_idx" ON "request"("state", "due_at");

-- CreateIndex
CREATE INDEX "request_address_id_state_idx" ON "request"("address_id", "state");

-- CreateIndex
CREATE INDEX "request_person_id_idx" ON "request"("person_id");

-- CreateIndex
CREATE INDEX "request_case_id_idx" ON "request"("case_id");

-- CreateIndex
CREATE INDEX "request_holder_staff_id_idx" ON "request_holder"("staff_id");

-- CreateIndex
CREATE INDEX "need_request_id_idx" ON "need"("request_id");

-- CreateIndex
CREATE INDEX "need_person_id_idx" ON "need"("person_id");

-- CreateIndex
CREATE INDEX "follow_up_request_id_idx" ON "follow_up"("request_id");

-- CreateIndex
CREATE INDEX "follow_up_person_id_idx" ON "follow_up"("person_id");

-- CreateIndex
CREATE INDEX "feedback_at_idx" ON "feedback"("at");

-- CreateIndex
CREATE INDEX "consent_session_id_item_at_idx" ON "consent"("session_id", "item", "at");

-- CreateIndex
CREATE INDEX "consent_person_id_idx" ON "consent"("person_id");

-- CreateIndex
CREATE INDEX "contact_attempt_request_id_idx" ON "contact_attempt"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "office_key_key" ON "office"("key");

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE INDEX "queue_staff_staff_id_idx" ON "queue_staff"("staff_id");

-- CreateIndex
CREATE INDEX "sign_in_staff_id_idx" ON "sign_in"("staff_id");

-- CreateIndex
CREATE INDEX "duty_line_until_idx" ON "duty"("line", "until");

-- AddForeignKey
ALTER TABLE "address" ADD CONSTRAINT "address_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_holder" ADD CONSTRAINT "request_holder_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_attempt" ADD CONSTRAINT "contact_attempt_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_staff" ADD CONSTRAINT "queue_staff_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the model cannot say, by hand.

-- Numbers of request references (core/reference.ts).
CREATE SEQUENCE "request_reference" AS BIGINT MINVALUE 0 START WITH 0;

-- The lowest unhandled arrival of an address, and what the sweeper puts back.
CREATE INDEX "message_unhandled" ON "message" ("address_id", "seq") WHERE "state" = 'received';
-- What waits to be sent, in order.
CREATE INDEX "message_unsent" ON "message" ("address_id", "position") WHERE "state" IN ('queued', 'sending', 'unknown');
-- Delivery reports name a message by the provider's id alone.
CREATE INDEX "message_reported" ON "message" ("external_hash") WHERE "direction" = 'out' AND "external_hash" IS NOT NULL;
CREATE INDEX "message_of_person" ON "message" ("person_id", "position") WHERE "person_id" IS NOT NULL;
CREATE INDEX "message_of_request" ON "message" ("request_id", "position") WHERE "request_id" IS NOT NULL;
CREATE INDEX "event_of_person" ON "event" ("person_id", "id") WHERE "person_id" IS NOT NULL;
CREATE INDEX "event_of_request" ON "event" ("request_id", "id") WHERE "request_id" IS NOT NULL;
CREATE INDEX "session_wakes" ON "session" ("wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "media_waiting" ON "media" ("created_at") WHERE "state" = 'waiting';
-- Open work is a small part of all requests: lists and counts read these.
CREATE INDEX "request_unfinished" ON "request" ("queue", "due_at") WHERE "state" <> 'closed';

-- Rows that change with every message keep room beside them, so that a change needs no new index entries, and are
-- cleaned often. Encrypted bodies do not compress: do not try.
ALTER TABLE "address" SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "session" SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "message" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "message" ALTER COLUMN "body_enc" SET STORAGE EXTERNAL;
ALTER TABLE "session" ALTER COLUMN "state_enc" SET STORAGE EXTERNAL;
ALTER TABLE "event" ALTER COLUMN "secret_enc" SET STORAGE EXTERNAL;
