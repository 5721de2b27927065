-- Whom somebody would rather speak with: woman, man. What comes in turn goes to nobody else.
ALTER TABLE "person" ADD COLUMN     "prefers" TEXT;
