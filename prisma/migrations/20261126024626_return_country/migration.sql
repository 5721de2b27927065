-- CreateIndex
CREATE INDEX "person_return_country_idx" ON "person"("return_country");
