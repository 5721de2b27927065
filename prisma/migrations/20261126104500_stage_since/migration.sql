-- Since when a case is in its stage. Of cases that were moved before, history knows.
ALTER TABLE "case_file" ADD COLUMN "stage_since" TIMESTAMPTZ;

UPDATE case_file f SET stage_since = e.at FROM (
  SELECT DISTINCT ON (facts ->> 'case') facts ->> 'case' AS file, at FROM event
  WHERE type IN ('case_staged', 'case_closed', 'case_reopened') ORDER BY facts ->> 'case', id DESC
) e WHERE e.file = f.id::text;
