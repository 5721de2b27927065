-- CreateTable
CREATE TABLE "access_log" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "subject_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "access_log_subject_id_at_idx" ON "access_log"("subject_id", "at");

-- CreateIndex
CREATE INDEX "access_log_staff_id_at_idx" ON "access_log"("staff_id", "at");

-- CreateIndex
CREATE INDEX "access_log_at_idx" ON "access_log" USING BRIN ("at");
