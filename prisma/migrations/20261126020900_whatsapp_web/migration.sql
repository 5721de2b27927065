-- CreateTable
CREATE TABLE "whatsapp_web" (
    "channel_id" UUID NOT NULL,
    "why" TEXT,
    "code" TEXT,
    "code_at" TIMESTAMPTZ,
    "account" TEXT,
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ,
    "paired_by_id" UUID,
    "paired_at" TIMESTAMPTZ,
    "unlink_at" TIMESTAMPTZ,
    "paused_at" TIMESTAMPTZ,
    "paused_by_id" UUID,
    "daily_cap" INTEGER NOT NULL DEFAULT 400,
    "campaigns" BOOLEAN NOT NULL DEFAULT false,
    "sent_day" DATE,
    "sent_count" INTEGER NOT NULL DEFAULT 0,
    "found_late" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "whatsapp_web_pkey" PRIMARY KEY ("channel_id")
);
