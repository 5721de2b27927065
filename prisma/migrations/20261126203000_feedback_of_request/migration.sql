-- What was told as feedback and belongs to a request is looked for by it again and again.
CREATE INDEX "feedback_of_request" ON "feedback"("request_id") WHERE "request_id" IS NOT NULL;
