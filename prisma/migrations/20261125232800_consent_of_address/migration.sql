-- CreateIndex
CREATE INDEX "consent_address_id_idx" ON "consent"("address_id");
