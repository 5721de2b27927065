-- AlterTable
ALTER TABLE "media" ADD COLUMN     "file_id" UUID;

-- CreateIndex
CREATE INDEX "media_key_id_sha256_idx" ON "media"("key_id", "sha256");
