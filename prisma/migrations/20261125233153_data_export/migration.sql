-- CreateTable
CREATE TABLE "data_export" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "rows" INTEGER,
    "created_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "data_export_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "data_export_staff_id_created_at_idx" ON "data_export"("staff_id", "created_at");
