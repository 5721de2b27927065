-- What is due first, over all queues, and what was closed last: lists of the console walk these in order.
CREATE INDEX "request_due" ON "request" ("due_at", "id") WHERE "state" <> 'closed';
CREATE INDEX "request_closed" ON "request" ("closed_at" DESC, "id" DESC) WHERE "state" = 'closed';
