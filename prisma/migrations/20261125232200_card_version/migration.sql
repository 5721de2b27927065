-- AlterTable
ALTER TABLE "card" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;
