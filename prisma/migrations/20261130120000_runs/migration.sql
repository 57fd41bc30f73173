-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "answered_by" VARCHAR(20) NOT NULL DEFAULT 'external',
ADD COLUMN     "asked_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "change_mode" VARCHAR(20) NOT NULL DEFAULT 'direct',
ADD COLUMN     "run_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "taken_count" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "runs" (
    "session_id" UUID NOT NULL,
    "run_number" INTEGER NOT NULL,
    "state" VARCHAR(20) NOT NULL DEFAULT 'queued',
    "asked_index" INTEGER NOT NULL,
    "continues" BOOLEAN NOT NULL DEFAULT false,
    "message_index" INTEGER,
    "worker" VARCHAR(100),
    "lease_until" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "provider" VARCHAR(50),
    "model" VARCHAR(200),
    "prompt_hash" VARCHAR(64),
    "tools_hash" VARCHAR(64),
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "cached_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "cost" DOUBLE PRECISION,
    "event_count" INTEGER NOT NULL DEFAULT 0,
    "written_bytes" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "changes_revision" INTEGER NOT NULL DEFAULT 0,
    "steps" JSONB,
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("session_id","run_number")
);

-- CreateTable
CREATE TABLE "run_events" (
    "session_id" UUID NOT NULL,
    "run_number" INTEGER NOT NULL,
    "event_index" INTEGER NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "run_events_pkey" PRIMARY KEY ("session_id","run_number","event_index")
);

-- CreateTable
CREATE TABLE "run_changes" (
    "session_id" UUID NOT NULL,
    "run_number" INTEGER NOT NULL,
    "call_id" VARCHAR(200) NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "operation" JSONB NOT NULL,
    "project_id" VARCHAR(100) NOT NULL,
    "item_type" VARCHAR(20) NOT NULL,
    "item_id" VARCHAR(100) NOT NULL,
    "item_name" VARCHAR(200) NOT NULL,
    "text_before" TEXT,
    "text_after" TEXT,
    "base_version" INTEGER,
    "version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_changes_pkey" PRIMARY KEY ("session_id","run_number","call_id")
);

-- CreateIndex
CREATE INDEX "runs_created_at_idx" ON "runs"("created_at");

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_session_id_run_number_fkey" FOREIGN KEY ("session_id", "run_number") REFERENCES "runs"("session_id", "run_number") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_changes" ADD CONSTRAINT "run_changes_session_id_run_number_fkey" FOREIGN KEY ("session_id", "run_number") REFERENCES "runs"("session_id", "run_number") ON DELETE CASCADE ON UPDATE NO ACTION;

-- What the schema language cannot say.

-- AddCheck
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_answered_by_check" CHECK ("answered_by" IN ('none', 'strudel', 'external')),
  ADD CONSTRAINT "sessions_change_mode_check" CHECK ("change_mode" IN ('direct', 'staged'));
ALTER TABLE "runs"
  ADD CONSTRAINT "runs_state_check" CHECK ("state" IN ('queued', 'running', 'finished', 'stopped', 'interrupted', 'failed'));
ALTER TABLE "run_changes"
  ADD CONSTRAINT "run_changes_state_check" CHECK ("state" IN ('staged', 'applied', 'rejected', 'replaced')),
  ADD CONSTRAINT "run_changes_item_type_check" CHECK ("item_type" IN ('clip', 'song', 'playlist'));

-- CreateIndex: sessions that wait for an answer, few among many.
CREATE INDEX "sessions_asked_idx" ON "sessions" ("last_activity") WHERE "asked_count" > "taken_count";

-- CreateIndex: runs that have not ended, few among many.
CREATE INDEX "runs_open_idx" ON "runs" ("created_at") WHERE "state" IN ('queued', 'running');
