-- AlterTable
ALTER TABLE "duty" ADD COLUMN     "rank" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "line" TEXT,
    "request_id" UUID,
    "page" TEXT,
    "given_id" UUID,
    "level" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL,
    "next_at" TIMESTAMPTZ,
    "acknowledged_id" UUID,
    "acknowledged_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_notice" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "way" TEXT NOT NULL,
    "level" SMALLINT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "heard_at" TIMESTAMPTZ,

    CONSTRAINT "alert_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "alert_request_id_idx" ON "alert"("request_id");

-- CreateIndex
CREATE INDEX "alert_notice_alert_id_idx" ON "alert_notice"("alert_id");

-- CreateIndex
CREATE INDEX "alert_notice_staff_id_alert_id_idx" ON "alert_notice"("staff_id", "alert_id");

-- AddForeignKey
ALTER TABLE "alert_notice" ADD CONSTRAINT "alert_notice_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only what is still open is looked for, again and again.
CREATE INDEX "alert_open_idx" ON "alert"("next_at") WHERE "ended_at" IS NULL;
CREATE INDEX "alert_notice_queued_idx" ON "alert_notice"("next_try_at") WHERE "state" = 'queued';
