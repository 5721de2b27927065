-- AlterTable
ALTER TABLE "message" ADD COLUMN     "deleted_at" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "listening" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "flow" TEXT,
    "hash" TEXT,
    "step" TEXT,
    "due_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "heard_at" TIMESTAMPTZ,
    "heard_by" UUID,
    "how" TEXT,

    CONSTRAINT "listening_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "listening_request_id_id_idx" ON "listening"("request_id", "id");

-- AddForeignKey
ALTER TABLE "listening" ADD CONSTRAINT "listening_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What nobody has listened to yet, the most pressing first.
CREATE INDEX "listening_waiting_idx" ON "listening"("due_at") WHERE "heard_at" IS NULL;
