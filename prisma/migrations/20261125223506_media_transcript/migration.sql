-- AlterTable
ALTER TABLE "media" ADD COLUMN     "transcript_enc" BYTEA;
