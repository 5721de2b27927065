-- AlterTable
ALTER TABLE "consent" ALTER COLUMN "address_id" DROP NOT NULL,
ALTER COLUMN "session_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "caseload_import" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name_enc" BYTEA NOT NULL,
    "file_enc" BYTEA,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'looked_at',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "report_enc" BYTEA,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "caseload_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card" (
    "id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "address_id" UUID,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "card_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "caseload_import_staff_id_created_at_idx" ON "caseload_import"("staff_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "card_code_hash_key" ON "card"("code_hash");

-- CreateIndex
CREATE INDEX "card_staff_id_created_at_idx" ON "card"("staff_id", "created_at");

-- CreateIndex
CREATE INDEX "card_person_id_idx" ON "card"("person_id");

-- CreateIndex
CREATE INDEX "contact_attempt_person_id_at_idx" ON "contact_attempt"("person_id", "at");
