-- AlterTable
ALTER TABLE "media" ADD COLUMN     "broken" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "loudness" BYTEA;

-- CreateTable
CREATE TABLE "glance" (
    "staff_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "glance_pkey" PRIMARY KEY ("staff_id","request_id")
);
