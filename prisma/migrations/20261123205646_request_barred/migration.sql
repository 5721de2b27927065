-- CreateTable
CREATE TABLE "request_barred" (
    "request_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "since" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "request_barred_pkey" PRIMARY KEY ("request_id","staff_id")
);

-- CreateIndex
CREATE INDEX "request_barred_staff_id_idx" ON "request_barred"("staff_id");

-- AddForeignKey
ALTER TABLE "request_barred" ADD CONSTRAINT "request_barred_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
