-- Somebody who guards such matters asks to be let in to a sealed one that they do not hold.
CREATE TABLE "opening" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "reason_enc" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ NOT NULL,
    "decided_at" TIMESTAMPTZ,
    "decided_by" UUID,
    "agreed" BOOLEAN,

    CONSTRAINT "opening_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "opening_waiting" ON "opening"("request_id", "staff_id") WHERE "decided_at" IS NULL;

-- CreateIndex
CREATE INDEX "opening_request_id_idx" ON "opening"("request_id");

-- AddForeignKey
ALTER TABLE "opening" ADD CONSTRAINT "opening_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
