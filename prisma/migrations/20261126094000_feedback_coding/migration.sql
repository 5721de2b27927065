-- Staff sort feedback, note whose work it is about when it is not ours, and make requests of it.
ALTER TABLE "feedback"
  ADD COLUMN "office_id" UUID,
  ADD COLUMN "elsewhere" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "elsewhere_enc" BYTEA,
  ADD COLUMN "request_id" UUID,
  ADD COLUMN "visibility" TEXT NOT NULL DEFAULT 'open',
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0;

-- What was told before belongs to the office that follows the person.
UPDATE "feedback" f SET "office_id" = c."office_id"
  FROM "case_file" c WHERE c."person_id" = f."person_id" AND c."office_id" IS NOT NULL;
