-- DropIndex
DROP INDEX "request_state_due_at_idx";

-- Of those on whom staff owe the next word, in the order of the list: whoever sees few of them reads no other.
CREATE INDEX "request_late" ON "request" ("due_at", "id") WHERE "state" = 'open';
