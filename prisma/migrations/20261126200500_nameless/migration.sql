-- A complaint without a name: nothing leads to it but its code, and what is said in it lies with it alone.
ALTER TABLE "request" ADD COLUMN     "code_hash" BYTEA,
ADD COLUMN     "contested_at" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "nameless_word" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "staff_id" UUID,
    "text_enc" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "read_at" TIMESTAMPTZ,

    CONSTRAINT "nameless_word_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "request_code_hash_key" ON "request"("code_hash");

-- CreateIndex
CREATE INDEX "nameless_word_request_id_idx" ON "nameless_word"("request_id");

-- AddForeignKey
ALTER TABLE "nameless_word" ADD CONSTRAINT "nameless_word_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
