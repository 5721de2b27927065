-- The key pair of a member of staff, and who was let in to which sealed matter.
ALTER TABLE "subject_key" ADD COLUMN     "public" BYTEA;

-- The private key of whoever is signed in, wrapped by what only their cookie knows.
ALTER TABLE "sign_in" ADD COLUMN     "secret_enc" BYTEA;

-- CreateTable
CREATE TABLE "staff_key" (
    "staff_id" UUID NOT NULL,
    "public" BYTEA NOT NULL,
    "salt" BYTEA NOT NULL,
    "secret_enc" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "staff_key_pkey" PRIMARY KEY ("staff_id")
);

-- CreateTable
CREATE TABLE "sealed_grant" (
    "key_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "box" BYTEA NOT NULL,
    "by_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "sealed_grant_pkey" PRIMARY KEY ("key_id","staff_id")
);

-- CreateIndex
CREATE INDEX "sealed_grant_staff_id_idx" ON "sealed_grant"("staff_id");

-- AddForeignKey
ALTER TABLE "staff_key" ADD CONSTRAINT "staff_key_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sealed_grant" ADD CONSTRAINT "sealed_grant_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "subject_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is sealed and not yet boxed (an encrypted value begins with its version, 2 is boxed) is found without a search.
CREATE INDEX "message_unboxed" ON "message"("request_id") WHERE visibility = 'sealed' AND substring(body_enc from 1 for 1) = '\x01'::bytea;
CREATE INDEX "event_unboxed" ON "event"("request_id") WHERE visibility = 'sealed' AND substring(secret_enc from 1 for 1) = '\x01'::bytea;
CREATE INDEX "request_sealed" ON "request"("id") WHERE visibility = 'sealed';
