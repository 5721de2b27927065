-- Files that share a phone are grouped off this index alone (store/twins.ts).
CREATE INDEX "person_phone_live" ON "person"("phone_hash", "id")
  WHERE "phone_hash" IS NOT NULL AND "same_as_id" IS NULL AND "erased_at" IS NULL;
