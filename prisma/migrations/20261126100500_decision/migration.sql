-- What the programme decided because of what people said, and what stands behind it.
CREATE TABLE "decision" (
  "id" UUID NOT NULL PRIMARY KEY,
  "text" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "decided_on" DATE NOT NULL,
  "staff_id" UUID NOT NULL,
  "at" TIMESTAMPTZ NOT NULL,
  "campaign_id" UUID
);
CREATE INDEX "decision_decided_on_idx" ON "decision"("decided_on");

CREATE TABLE "decision_basis" (
  "id" UUID NOT NULL PRIMARY KEY,
  "decision_id" UUID NOT NULL REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "request_id" UUID REFERENCES "request"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "feedback_id" UUID REFERENCES "feedback"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "decision_basis_decision_id_request_id_key" ON "decision_basis"("decision_id", "request_id");
CREATE UNIQUE INDEX "decision_basis_decision_id_feedback_id_key" ON "decision_basis"("decision_id", "feedback_id");
CREATE INDEX "decision_basis_request_id_idx" ON "decision_basis"("request_id");
CREATE INDEX "decision_basis_feedback_id_idx" ON "decision_basis"("feedback_id");
