-- CreateTable
CREATE TABLE "knock" (
    "id" UUID NOT NULL,
    "address_id" UUID NOT NULL,
    "message_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,
    "called_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "knock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template" (
    "id" UUID NOT NULL,
    "business" TEXT NOT NULL,
    "their_id" TEXT,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "speaks" TEXT,
    "category" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "quality" TEXT,
    "reason" TEXT,
    "body" TEXT NOT NULL,
    "use" TEXT,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "template_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "knock_address_id_idx" ON "knock"("address_id");

-- CreateIndex
CREATE INDEX "template_use_idx" ON "template"("use");

-- CreateIndex
CREATE UNIQUE INDEX "template_business_name_language_key" ON "template"("business", "name", "language");

-- One open knock for an address: whoever is silent is asked once.
CREATE UNIQUE INDEX "knock_open" ON "knock" ("address_id") WHERE "ended_at" IS NULL;

-- What is held is looked for like what waits, and on its own.
DROP INDEX "message_unsent";
CREATE INDEX "message_unsent" ON "message" ("address_id", "position") WHERE "state" IN ('queued', 'sending', 'unknown', 'held');
CREATE INDEX "message_held" ON "message" ("address_id") WHERE "state" = 'held';
