-- CreateTable
CREATE TABLE "campaign_file" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "key_id" UUID NOT NULL,
    "data_enc" BYTEA NOT NULL,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "campaign_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "campaign_file_campaign_id_idx" ON "campaign_file"("campaign_id");
