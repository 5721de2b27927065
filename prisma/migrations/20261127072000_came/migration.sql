-- What people wrote, by time: figures read this alone (store/channel-facts.ts, store/indicators.ts). What campaigns send on
-- the same day is not among it.
CREATE INDEX "message_came" ON "message" ("id") INCLUDE ("address_id", "person_id", "kind", "state", "visibility", "created_at")
  WHERE "direction" = 'in' AND "visibility" <> 'sealed';
