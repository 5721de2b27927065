-- Who answered for a child, and how staff heard it. Empty for every other consent.
ALTER TABLE "consent" ADD COLUMN "kin" TEXT;
ALTER TABLE "consent" ADD COLUMN "heard" TEXT;
