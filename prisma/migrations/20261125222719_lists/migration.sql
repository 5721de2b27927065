-- AlterTable
ALTER TABLE "queue_staff" ADD COLUMN     "assigned_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "request" ADD COLUMN     "delay_owed_at" TIMESTAMPTZ,
ADD COLUMN     "delay_told_at" TIMESTAMPTZ,
ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "snoozed_at" TIMESTAMPTZ,
ADD COLUMN     "snoozed_until" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "queue_setting" (
    "queue" TEXT NOT NULL,
    "assignment" TEXT NOT NULL DEFAULT 'manual',
    "person_limit" INTEGER,
    "alert_open" INTEGER,
    "alert_late" INTEGER,

    CONSTRAINT "queue_setting_pkey" PRIMARY KEY ("queue")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "from" TIMESTAMPTZ NOT NULL,
    "until" TIMESTAMPTZ NOT NULL,
    "by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_act" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "undone_at" TIMESTAMPTZ,
    "items" JSONB NOT NULL,

    CONSTRAINT "bulk_act_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "absence_staff_id_until_idx" ON "absence"("staff_id", "until");

-- CreateIndex
CREATE INDEX "absence_until_idx" ON "absence"("until");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_staff_id_name_key" ON "saved_view"("staff_id", "name");

-- CreateIndex
CREATE INDEX "bulk_act_at_idx" ON "bulk_act"("at");

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Lists of the console: a queue in order of due time, what nobody has, what was opened last, what was put aside.
CREATE INDEX "request_queue_due" ON "request" ("queue", "due_at", "id") WHERE "state" <> 'closed';
CREATE INDEX "request_unowned" ON "request" ("queue", "due_at", "id") WHERE "state" <> 'closed' AND "owner_id" IS NULL;
CREATE INDEX "request_newest" ON "request" ("opened_at" DESC, "id" DESC) WHERE "state" <> 'closed';
CREATE INDEX "request_snoozed" ON "request" ("snoozed_until") WHERE "snoozed_until" IS NOT NULL;
CREATE INDEX "request_merged" ON "request" ("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "request_delay_owed" ON "request" ("delay_owed_at") WHERE "delay_owed_at" IS NOT NULL AND "delay_told_at" IS NULL;
-- What happened in a request: whether a form was pressed before is asked of it with every act.
CREATE INDEX "event_request" ON "event" ("request_id", "turn_id") WHERE "request_id" IS NOT NULL;
