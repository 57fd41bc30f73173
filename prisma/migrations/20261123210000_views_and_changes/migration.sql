-- CreateEnum
CREATE TYPE "saved_view_page" AS ENUM ('sessions', 'clips');

-- CreateEnum
CREATE TYPE "removal_kind" AS ENUM ('project', 'session', 'clip', 'song', 'playlist');

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN "seen_count" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "page" "saved_view_page" NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "search" VARCHAR(2000) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "removals" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "removal_kind" NOT NULL,
    "project_id" VARCHAR(100),
    "item_id" VARCHAR(100) NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "removals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_page_name_key" ON "saved_views"("page", "name");

-- CreateIndex
CREATE INDEX "removals_removed_at_idx" ON "removals"("removed_at");

-- CreateIndex
CREATE INDEX "sessions_created_at_id_idx" ON "sessions"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_message_count_id_idx" ON "sessions"("message_count" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_agent_name_last_activity_id_idx" ON "sessions"("agent_name", "last_activity" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_updated_at_idx" ON "sessions"("updated_at");

-- CreateIndex
CREATE INDEX "clips_created_at_project_id_id_idx" ON "clips"("created_at" DESC, "project_id" DESC, "id" DESC);



-- What the schema language cannot say.

-- AddCheck
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_seen_count_check" CHECK ("seen_count" >= 0);
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_name_check" CHECK ("name" <> '');

-- What is there already was seen.
UPDATE "sessions" SET "seen_count" = "message_count";

-- CreateIndex: the messages that changed code.
CREATE INDEX "messages_code_changes_idx" ON "messages" ("session_id", "message_index")
  WHERE ("data" -> 'code_changes') IS NOT NULL AND ("data" -> 'code_changes') NOT IN ('null'::jsonb, '[]'::jsonb, '{}'::jsonb);

-- CreateFunction: notes what was deleted, whichever way it went. A row at a time: transition tables are not everywhere.
CREATE FUNCTION note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'sessions' THEN
    INSERT INTO removals (kind, project_id, item_id) VALUES ('session', OLD.project_id, OLD.id::text);
  ELSIF TG_TABLE_NAME = 'projects' THEN
    INSERT INTO removals (kind, project_id, item_id) VALUES ('project', OLD.id, OLD.id);
  ELSE
    INSERT INTO removals (kind, project_id, item_id) VALUES (TG_ARGV[0]::removal_kind, OLD.project_id, OLD.id);
  END IF;
  RETURN NULL;
END $$;

-- CreateTrigger
CREATE TRIGGER note_removal AFTER DELETE ON "projects" FOR EACH ROW EXECUTE FUNCTION note_removal('project');
CREATE TRIGGER note_removal AFTER DELETE ON "sessions" FOR EACH ROW EXECUTE FUNCTION note_removal('session');
CREATE TRIGGER note_removal AFTER DELETE ON "clips" FOR EACH ROW EXECUTE FUNCTION note_removal('clip');
CREATE TRIGGER note_removal AFTER DELETE ON "songs" FOR EACH ROW EXECUTE FUNCTION note_removal('song');
CREATE TRIGGER note_removal AFTER DELETE ON "playlists" FOR EACH ROW EXECUTE FUNCTION note_removal('playlist');
