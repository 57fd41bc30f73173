-- Columns of one word of a few are text with a CHECK: a distributed database takes no enums in what a write answers.

-- Indexes are made anew with their tables, in memory.
SET LOCAL maintenance_work_mem = '256MB';

-- What names values of the types, which the columns are about to lose.
DROP INDEX "clips_state_idx";
ALTER TABLE "clip_versions" DROP CONSTRAINT "clip_versions_problem_check";

-- AlterTable
ALTER TABLE "sessions" ALTER COLUMN "status" DROP DEFAULT,
ALTER COLUMN "status" SET DATA TYPE VARCHAR(20),
ALTER COLUMN "item_type" SET DATA TYPE VARCHAR(20);
ALTER TABLE "sessions" ALTER COLUMN "status" SET DEFAULT 'active';
ALTER TABLE "clips" ALTER COLUMN "state" SET DATA TYPE VARCHAR(20);
ALTER TABLE "clip_versions" ALTER COLUMN "state" SET DATA TYPE VARCHAR(20);
ALTER TABLE "project_files" ALTER COLUMN "item_type" SET DATA TYPE VARCHAR(20);
ALTER TABLE "saved_views" ALTER COLUMN "page" SET DATA TYPE VARCHAR(20);
ALTER TABLE "removals" ALTER COLUMN "kind" SET DATA TYPE VARCHAR(20);

-- AlterFunction: its value is text.
CREATE OR REPLACE FUNCTION note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'sessions' THEN
    INSERT INTO removals (kind, project_id, item_id) VALUES ('session', OLD.project_id, OLD.id::text);
  ELSIF TG_TABLE_NAME = 'projects' THEN
    INSERT INTO removals (kind, project_id, item_id) VALUES ('project', OLD.id, OLD.id);
  ELSE
    INSERT INTO removals (kind, project_id, item_id) VALUES (TG_ARGV[0], OLD.project_id, OLD.id);
  END IF;
  RETURN NULL;
END $$;

-- DropEnum
DROP TYPE "session_status", "session_item_type", "project_file_item_type", "clip_state", "saved_view_page", "removal_kind";



-- What the schema language cannot say.

-- AddCheck
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_status_check" CHECK ("status" IN ('active', 'idle', 'terminated')),
  ADD CONSTRAINT "sessions_item_type_check" CHECK ("item_type" IN ('clip', 'song', 'playlist', 'pack', 'chat'));
ALTER TABLE "clips"
  ADD CONSTRAINT "clips_state_check" CHECK ("state" IN ('plays', 'silent', 'definitions', 'fails', 'slow'));
ALTER TABLE "clip_versions"
  ADD CONSTRAINT "clip_versions_state_check" CHECK ("state" IN ('plays', 'silent', 'definitions', 'fails', 'slow')),
  ADD CONSTRAINT "clip_versions_problem_check" CHECK (("problem" IS NOT NULL) = (coalesce("state" = 'fails', false)));
ALTER TABLE "project_files"
  ADD CONSTRAINT "project_files_item_type_check" CHECK ("item_type" IN ('project', 'clip', 'song', 'playlist'));
ALTER TABLE "saved_views"
  ADD CONSTRAINT "saved_views_page_check" CHECK ("page" IN ('sessions', 'clips'));
ALTER TABLE "removals"
  ADD CONSTRAINT "removals_kind_check" CHECK ("kind" IN ('project', 'session', 'clip', 'song', 'playlist'));

-- CreateIndex: the clips of which no sound is known, few among many.
CREATE INDEX "clips_state_idx" ON "clips" ("state", "updated_at" DESC, "project_id" DESC, "id" DESC)
  WHERE "state" IN ('silent', 'definitions', 'fails', 'slow');
