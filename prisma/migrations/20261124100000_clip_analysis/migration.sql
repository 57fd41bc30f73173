-- CreateEnum
CREATE TYPE "clip_state" AS ENUM ('plays', 'silent', 'definitions', 'fails');

-- AlterTable
ALTER TABLE "clips" ADD COLUMN "state" "clip_state",
ADD COLUMN "problem" JSONB,
ADD COLUMN "analysed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "clip_versions" ADD COLUMN "state" "clip_state",
ADD COLUMN "problem" JSONB,
ADD COLUMN "cps" DOUBLE PRECISION,
ADD COLUMN "events" INTEGER,
ADD COLUMN "cycles" INTEGER,
ADD COLUMN "sounds" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "samples" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "picture" JSONB,
ADD COLUMN "attempts" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN "claimed_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "clips_analysed_at_idx" ON "clips"("analysed_at");



-- What the schema language cannot say.

-- AddCheck
ALTER TABLE "clip_versions"
  ADD CONSTRAINT "clip_versions_problem_check" CHECK (("problem" IS NOT NULL) = (coalesce("state" = 'fails', false)));

-- CreateIndex: the versions that nobody has listened to yet, few among many.
CREATE INDEX "clip_versions_waiting_idx" ON "clip_versions" ("created_at" DESC) WHERE "state" IS NULL;

-- CreateIndex: the clips that make no sound, few among many.
CREATE INDEX "clips_state_idx" ON "clips" ("state", "updated_at" DESC, "project_id" DESC, "id" DESC)
  WHERE "state" IN ('silent', 'definitions', 'fails');
