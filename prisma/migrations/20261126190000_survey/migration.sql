-- When a person is to be asked in the chat how they are, and when they last were.
ALTER TABLE "case_file" ADD COLUMN "check_in_at" TIMESTAMPTZ, ADD COLUMN "check_in_asked_at" TIMESTAMPTZ;
CREATE INDEX "case_file_check_in" ON "case_file" ("check_in_at") WHERE "check_in_at" IS NOT NULL;

-- What somebody answered to a survey, in a conversation or to staff.
CREATE TABLE "survey_record" (
    "id" UUID NOT NULL,
    "survey" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "person_id" UUID NOT NULL,
    "case_id" UUID,
    "mode" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "staff_id" UUID,
    "day" DATE NOT NULL,
    "ended" BOOLEAN NOT NULL DEFAULT false,
    "key_id" UUID NOT NULL,
    "answers_enc" BYTEA,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "survey_record_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "survey_record_person_id_survey_idx" ON "survey_record"("person_id", "survey");
CREATE INDEX "survey_record_survey_day_idx" ON "survey_record"("survey", "day");

-- Each version of a survey that an administrator brought, without what ships with the program.
CREATE TABLE "survey_version" (
    "id" UUID NOT NULL,
    "survey" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "definition" JSONB NOT NULL,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "survey_version_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "survey_version_survey_version_key" ON "survey_version"("survey", "version");
