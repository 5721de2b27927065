-- How each task stands by the word of staff: one row, where there was one for each word. The words themselves, who said
-- them and why are in the history of the person.
CREATE TABLE "task_said" AS SELECT "subject_id", "kind", "step",
  max("at") FILTER (WHERE "state" = 'done') AS "done_at", max("until") FILTER (WHERE "state" = 'postponed') AS "until"
FROM "task_mark" GROUP BY "subject_id", "kind", "step";
DROP TABLE "task_mark";
CREATE TABLE "task_mark" (
    "subject_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "step" SMALLINT NOT NULL DEFAULT 0,
    "done_at" TIMESTAMPTZ,
    "until" TIMESTAMPTZ,

    CONSTRAINT "task_mark_pkey" PRIMARY KEY ("subject_id", "kind", "step")
);
INSERT INTO "task_mark" ("subject_id", "kind", "step", "done_at", "until")
SELECT "subject_id", "kind", "step", "done_at", "until" FROM "task_said";
DROP TABLE "task_said";

-- What is not due yet is not read (store/task-sql.ts).
CREATE INDEX "case_file_to_check_in" ON "case_file" ("office_id", "owner_id", (coalesce("stage_since", "opened_at")))
  INCLUDE ("id", "person_id", "opened_at", "stage_since", "checked_in_at")
  WHERE "closed_at" IS NULL AND "stage" = 'monitoring'
    AND ("checked_in_at" IS NULL OR "checked_in_at" < coalesce("stage_since", "opened_at"));
CREATE INDEX "case_file_to_visit" ON "case_file"
  ("office_id", "high_risk", "visits_kept", (coalesce("stage_since", "opened_at")))
  INCLUDE ("id", "person_id", "owner_id", "opened_at", "stage_since")
  WHERE "closed_at" IS NULL AND "stage" = 'monitoring';
