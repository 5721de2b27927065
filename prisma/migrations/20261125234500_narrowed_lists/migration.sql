-- A list that filters narrow to little, or to nothing, is not walked from its beginning to its end.
CREATE INDEX "request_narrowed" ON "request" ("region", "kind", "due_at", "id") WHERE "state" <> 'closed';
