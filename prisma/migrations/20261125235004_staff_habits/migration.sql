-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "shortcuts" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "signals" BOOLEAN NOT NULL DEFAULT false;
