-- AlterTable
ALTER TABLE "person" ADD COLUMN     "safe_contact_enc" BYTEA;
