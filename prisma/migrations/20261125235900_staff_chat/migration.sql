-- CreateTable
CREATE TABLE "staff_chat" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "chat_hash" BYTEA NOT NULL,
    "chat_enc" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "warned_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "staff_chat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_chat_code" (
    "staff_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "staff_chat_code_pkey" PRIMARY KEY ("staff_id")
);

-- CreateTable
CREATE TABLE "staff_chat_message" (
    "id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "request_id" UUID,
    "alert_id" UUID,
    "message_id" INTEGER,
    "body_enc" BYTEA,
    "seen_id" UUID,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "send_at" TIMESTAMPTZ,
    "delete_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "staff_chat_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "staff_chat_staff_id_idx" ON "staff_chat"("staff_id");

-- CreateIndex
CREATE INDEX "staff_chat_chat_hash_idx" ON "staff_chat"("chat_hash");

-- CreateIndex
CREATE UNIQUE INDEX "staff_chat_code_code_hash_key" ON "staff_chat_code"("code_hash");

-- CreateIndex
CREATE INDEX "staff_chat_message_chat_id_message_id_idx" ON "staff_chat_message"("chat_id", "message_id");

-- AddForeignKey
ALTER TABLE "staff_chat_message" ADD CONSTRAINT "staff_chat_message_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "staff_chat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A message that Telegram brings twice is kept once. What is due is looked for again and again.
CREATE UNIQUE INDEX "staff_chat_message_place_idx" ON "staff_chat_message"("chat_id", "message_id", "purpose") WHERE "message_id" IS NOT NULL;
CREATE INDEX "staff_chat_message_queued_idx" ON "staff_chat_message"("send_at") WHERE "state" = 'queued';
CREATE INDEX "staff_chat_message_delete_idx" ON "staff_chat_message"("delete_at") WHERE "delete_at" IS NOT NULL AND "state" <> 'gone';
