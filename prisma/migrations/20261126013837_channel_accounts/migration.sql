-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "compared_at" TIMESTAMPTZ,
ADD COLUMN     "key_id" UUID,
ADD COLUMN     "missed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "missed_at" TIMESTAMPTZ,
ADD COLUMN     "secrets_enc" BYTEA,
ADD COLUMN     "state_at" TIMESTAMPTZ;
