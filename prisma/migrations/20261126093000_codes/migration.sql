-- The code of a person on a phone stands with their session there: what an arrival loads anyway.
ALTER TABLE "session" ADD COLUMN     "code_hash" BYTEA,
ADD COLUMN     "alarm_hash" BYTEA,
ADD COLUMN     "code_tries" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "opened_at" TIMESTAMPTZ,
ADD COLUMN     "alarmed_at" TIMESTAMPTZ,
ADD COLUMN     "doubted" BOOLEAN NOT NULL DEFAULT false;
