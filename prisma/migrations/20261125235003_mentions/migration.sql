-- CreateTable
CREATE TABLE "mention" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "turn_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "read_at" TIMESTAMPTZ,

    CONSTRAINT "mention_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mention_staff_id_read_at_idx" ON "mention"("staff_id", "read_at");

-- CreateIndex
CREATE INDEX "mention_request_id_idx" ON "mention"("request_id");

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
