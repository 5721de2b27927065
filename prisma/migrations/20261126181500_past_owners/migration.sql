-- Who had a case before: a complaint about "my worker" may be about any of them.
ALTER TABLE "case_file" ADD COLUMN     "past_owners" UUID[] NOT NULL DEFAULT '{}';

-- What history tells of cases that passed on before.
UPDATE "case_file" c SET "past_owners" = h.owners FROM (
  SELECT e.facts ->> 'case' AS id, array_agg(DISTINCT (e.facts ->> 'owner')::uuid) AS owners
  FROM "event" e WHERE e.type = 'case_assigned' AND e.facts ->> 'owner' IS NOT NULL GROUP BY 1
) h WHERE c.id::text = h.id;
