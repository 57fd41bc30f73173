-- AlterTable
ALTER TABLE "clip_versions" ADD COLUMN "audio" JSONB,
ADD COLUMN "audio_problem" VARCHAR(200),
ADD COLUMN "audio_attempts" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN "audio_claimed_until" TIMESTAMPTZ(3);



-- What the schema language cannot say.

-- CreateIndex: the versions that play and of which nobody has measured the sound, few among many.
CREATE INDEX "clip_versions_unmeasured_idx" ON "clip_versions" ("created_at" DESC)
  WHERE "state" = 'plays' AND "audio" IS NULL AND "audio_problem" IS NULL;
