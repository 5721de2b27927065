-- That staff ended the task of a plan is kept with the task alone.
DROP INDEX "case_file_before_plan";
ALTER TABLE "case_file" DROP COLUMN "plan_seen_at";
CREATE INDEX "case_file_before_plan" ON "case_file" ("office_id", "owner_id")
  INCLUDE ("id", "person_id", "opened_at", "returned_on")
  WHERE "closed_at" IS NULL AND "stage" IN ('contact', 'reception', 'orientation', 'screening', 'counselling');
