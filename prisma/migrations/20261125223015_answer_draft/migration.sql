-- CreateTable
CREATE TABLE "draft" (
    "staff_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "text_enc" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("staff_id","request_id")
);

-- CreateIndex
CREATE INDEX "draft_updated_at_idx" ON "draft"("updated_at");
