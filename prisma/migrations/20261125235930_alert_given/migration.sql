-- AlterTable
ALTER TABLE "alert" DROP COLUMN "given_id";
