-- AlterTable
ALTER TABLE "message" ADD COLUMN     "original_id" UUID;
