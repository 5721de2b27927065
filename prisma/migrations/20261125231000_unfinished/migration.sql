-- DropIndex
DROP INDEX "case_file_owner_id_idx";

-- CreateIndex
CREATE INDEX "case_file_owner_id_id_idx" ON "case_file"("owner_id", "id");

-- The counts of the rail (store/request-list.ts) and what waits in store/figures.ts are read from this index alone.
CREATE INDEX "request_waiting" ON "request" ("queue", "owner_id") INCLUDE ("id", "state", "due_at", "visibility", "kind",
  "office_id", "case_id", "snoozed_until") WHERE "state" <> 'closed';

-- With the id, by which a reader may be barred: only then is the table itself left alone.
DROP INDEX "request_counted";
CREATE INDEX "request_counted" ON "request" ("opened_at") INCLUDE ("id", "office_id", "owner_id", "queue", "visibility",
  "kind", "state", "due_at", "first_answer_at", "first_in_time") WHERE "visibility" <> 'sealed';
DROP INDEX "request_counted_closed";
CREATE INDEX "request_counted_closed" ON "request" ("closed_at") INCLUDE ("id", "office_id", "owner_id", "queue",
  "visibility", "kind") WHERE "closed_at" IS NOT NULL AND "visibility" <> 'sealed';
