-- Somebody who writes for somebody else, with their consent, about some matters and until a day.
ALTER TABLE "person" ADD COLUMN     "proxy_id" UUID,
ADD COLUMN     "helped_by" UUID;

-- CreateTable
CREATE TABLE "proxy" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "writer_id" UUID NOT NULL,
    "matters" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "until" TIMESTAMPTZ NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "proxy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proxy_person_id_idx" ON "proxy"("person_id");
