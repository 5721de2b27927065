-- Cases that are looked after more closely: a visit every month.
ALTER TABLE "case_file" ADD COLUMN "high_risk" BOOLEAN NOT NULL DEFAULT false,
-- What tasks are computed from, where one scan of an index finds it.
ADD COLUMN "returned_on" DATE,
ADD COLUMN "plan_seen_at" TIMESTAMPTZ,
ADD COLUMN "checked_in_at" TIMESTAMPTZ,
ADD COLUMN "visits_kept" SMALLINT NOT NULL DEFAULT 0;

-- Tasks are computed. What is kept is that staff ended one or put it off.
CREATE TABLE "task_mark" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "step" SMALLINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "until" TIMESTAMPTZ,
    "person_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "reason_enc" BYTEA,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "task_mark_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "task_mark_subject_id_idx" ON "task_mark"("subject_id");
CREATE INDEX "task_mark_person_id_idx" ON "task_mark"("person_id");

UPDATE case_file c SET returned_on = p.return_date FROM person p WHERE p.id = c.person_id AND p.return_date IS NOT NULL;
UPDATE case_file c SET visits_kept = v.n FROM (
  SELECT c.id, count(*) AS n FROM case_file c JOIN follow_up f ON f.person_id = c.person_id
  LEFT JOIN request r ON r.id = f.request_id
  WHERE c.stage = 'monitoring' AND f.kind = 'visit' AND f.state = 'done'
    AND f.ended_at >= coalesce(c.stage_since, c.opened_at) AND (r.id IS NULL OR r.visibility = 'open') GROUP BY c.id
) v WHERE v.id = c.id;

CREATE INDEX "case_file_before_plan" ON "case_file" ("office_id", "owner_id")
  INCLUDE ("id", "person_id", "opened_at", "returned_on", "plan_seen_at")
  WHERE "closed_at" IS NULL AND "stage" IN ('contact', 'reception', 'orientation', 'screening', 'counselling');
CREATE INDEX "case_file_monitored" ON "case_file" ("office_id", "owner_id")
  INCLUDE ("id", "person_id", "opened_at", "stage_since", "high_risk", "checked_in_at", "visits_kept")
  WHERE "closed_at" IS NULL AND "stage" = 'monitoring';
CREATE INDEX "person_erased" ON "person" ("id") WHERE "erased_at" IS NOT NULL;
CREATE INDEX "person_minor" ON "person" ("id") WHERE "minor" AND "erased_at" IS NULL;
CREATE INDEX "follow_up_missed" ON "follow_up" ("person_id", "ended_at") WHERE "state" = 'missed';
CREATE INDEX "knock_called" ON "knock" ("address_id") WHERE "called_at" IS NOT NULL AND "ended_at" IS NULL;
