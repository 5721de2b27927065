-- DropIndex
DROP INDEX "case_file_owner_id_idx";

-- CreateIndex
CREATE INDEX "case_file_owner_id_id_idx" ON "case_file"("owner_id", "id");

-- The counts of the rail (store/request-list.ts) and what waits in store/figures.ts are read from this index alone.
CREATE INDEX "request_waiting" ON "request" ("queue", "owner_id") INCLUDE ("id", "state", "due_at", "visibility", "kind",
  "office_id", "case_id", "snoozed_until") WHERE "state" <> 'closed';
