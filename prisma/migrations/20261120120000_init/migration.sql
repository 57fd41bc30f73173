-- CreateExtension: a trusted one, so the owner of the database may.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Indexes of names, code and metadata take no pending list: what is in it is read by every search until a vacuum.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "session_status" AS ENUM ('active', 'idle', 'terminated');

-- CreateEnum
CREATE TYPE "session_item_type" AS ENUM ('clip', 'song', 'playlist', 'pack', 'chat');

-- CreateEnum
CREATE TYPE "project_file_item_type" AS ENUM ('project', 'clip', 'song', 'playlist');

-- CreateTable
CREATE TABLE "projects" (
    "id" VARCHAR(100) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "agent_name" VARCHAR(50) NOT NULL DEFAULT 'strudel',
    "model_name" VARCHAR(100),
    "provider" VARCHAR(50),
    "status" "session_status" NOT NULL DEFAULT 'active',
    "project_id" VARCHAR(100),
    "item_type" "session_item_type",
    "item_id" VARCHAR(100),
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "last_activity" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "session_id" UUID NOT NULL,
    "message_index" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "client_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("session_id","message_index")
);

-- CreateTable
CREATE TABLE "memory_files" (
    "session_id" UUID NOT NULL,
    "file_path" VARCHAR(500) NOT NULL,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "loaded" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_files_pkey" PRIMARY KEY ("session_id","file_path")
);

-- CreateTable
CREATE TABLE "clips" (
    "project_id" VARCHAR(100) NOT NULL,
    "id" VARCHAR(100) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "code" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clips_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "clip_versions" (
    "project_id" VARCHAR(100) NOT NULL,
    "clip_id" VARCHAR(100) NOT NULL,
    "version" INTEGER NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "code" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "session_id" UUID,
    "message_index" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clip_versions_pkey" PRIMARY KEY ("project_id","clip_id","version")
);

-- CreateTable
CREATE TABLE "songs" (
    "project_id" VARCHAR(100) NOT NULL,
    "id" VARCHAR(100) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "songs_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "song_clips" (
    "project_id" VARCHAR(100) NOT NULL,
    "song_id" VARCHAR(100) NOT NULL,
    "position" INTEGER NOT NULL,
    "clip_id" VARCHAR(100) NOT NULL,

    CONSTRAINT "song_clips_pkey" PRIMARY KEY ("project_id","song_id","position")
);

-- CreateTable
CREATE TABLE "playlists" (
    "project_id" VARCHAR(100) NOT NULL,
    "id" VARCHAR(100) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "playlists_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "playlist_songs" (
    "project_id" VARCHAR(100) NOT NULL,
    "playlist_id" VARCHAR(100) NOT NULL,
    "position" INTEGER NOT NULL,
    "song_id" VARCHAR(100) NOT NULL,

    CONSTRAINT "playlist_songs_pkey" PRIMARY KEY ("project_id","playlist_id","position")
);

-- CreateTable
CREATE TABLE "project_files" (
    "project_id" VARCHAR(100) NOT NULL,
    "path" VARCHAR(1000) NOT NULL,
    "content" BYTEA NOT NULL,
    "item_type" "project_file_item_type",
    "item_id" VARCHAR(100),
    "broken_links" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_files_pkey" PRIMARY KEY ("project_id","path")
);

-- CreateIndex
CREATE INDEX "projects_updated_at_id_idx" ON "projects"("updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "projects_name_trgm_idx" ON "projects" USING GIN ("name" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "sessions_last_activity_id_idx" ON "sessions"("last_activity" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_status_last_activity_id_idx" ON "sessions"("status", "last_activity" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_project_id_last_activity_id_idx" ON "sessions"("project_id", "last_activity" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_item_last_activity_id_idx" ON "sessions"("project_id", "item_type", "item_id", "last_activity" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_any_item_last_activity_id_idx" ON "sessions"("item_type", "item_id", "last_activity" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_metadata_idx" ON "sessions" USING GIN ("metadata" jsonb_path_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE UNIQUE INDEX "messages_session_id_client_id_key" ON "messages"("session_id", "client_id");

-- CreateIndex
CREATE INDEX "clips_id_idx" ON "clips"("id");

-- CreateIndex
CREATE INDEX "clips_updated_at_project_id_id_idx" ON "clips"("updated_at" DESC, "project_id" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "clips_project_id_updated_at_id_idx" ON "clips"("project_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "clips_name_project_id_id_idx" ON "clips"("name", "project_id", "id");

-- CreateIndex
CREATE INDEX "clips_metadata_idx" ON "clips" USING GIN ("metadata" jsonb_path_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "clips_name_trgm_idx" ON "clips" USING GIN ("name" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "clips_code_trgm_idx" ON "clips" USING GIN ("code" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "clip_versions_session_id_message_index_idx" ON "clip_versions"("session_id", "message_index");

-- CreateIndex
CREATE INDEX "songs_id_idx" ON "songs"("id");

-- CreateIndex
CREATE INDEX "songs_updated_at_project_id_id_idx" ON "songs"("updated_at" DESC, "project_id" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "songs_project_id_updated_at_id_idx" ON "songs"("project_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "songs_name_trgm_idx" ON "songs" USING GIN ("name" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "song_clips_project_id_clip_id_idx" ON "song_clips"("project_id", "clip_id");

-- CreateIndex
CREATE INDEX "playlists_id_idx" ON "playlists"("id");

-- CreateIndex
CREATE INDEX "playlists_updated_at_project_id_id_idx" ON "playlists"("updated_at" DESC, "project_id" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "playlists_project_id_updated_at_id_idx" ON "playlists"("project_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "playlists_name_trgm_idx" ON "playlists" USING GIN ("name" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "playlist_songs_project_id_song_id_idx" ON "playlist_songs"("project_id", "song_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_files_project_id_item_type_item_id_key" ON "project_files"("project_id", "item_type", "item_id");

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_files" ADD CONSTRAINT "memory_files_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clips" ADD CONSTRAINT "clips_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clip_versions" ADD CONSTRAINT "clip_versions_project_id_clip_id_fkey" FOREIGN KEY ("project_id", "clip_id") REFERENCES "clips"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "songs" ADD CONSTRAINT "songs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_clips" ADD CONSTRAINT "song_clips_project_id_song_id_fkey" FOREIGN KEY ("project_id", "song_id") REFERENCES "songs"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_clips" ADD CONSTRAINT "song_clips_project_id_clip_id_fkey" FOREIGN KEY ("project_id", "clip_id") REFERENCES "clips"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlists" ADD CONSTRAINT "playlists_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_songs" ADD CONSTRAINT "playlist_songs_project_id_playlist_id_fkey" FOREIGN KEY ("project_id", "playlist_id") REFERENCES "playlists"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_songs" ADD CONSTRAINT "playlist_songs_project_id_song_id_fkey" FOREIGN KEY ("project_id", "song_id") REFERENCES "songs"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_files" ADD CONSTRAINT "project_files_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What the schema language cannot say.

-- AddCheck
ALTER TABLE "projects"
  ADD CONSTRAINT "projects_id_check" CHECK ("id" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' AND "id" !~ '\.\.'),
  ADD CONSTRAINT "projects_metadata_check" CHECK (jsonb_typeof("metadata") = 'object');
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_message_count_check" CHECK ("message_count" >= 0),
  ADD CONSTRAINT "sessions_metadata_check" CHECK (jsonb_typeof("metadata") = 'object'),
  ADD CONSTRAINT "sessions_item_check" CHECK ("item_id" IS NULL OR "item_type" IS NOT NULL);
ALTER TABLE "messages"
  ADD CONSTRAINT "messages_message_index_check" CHECK ("message_index" >= 0),
  ADD CONSTRAINT "messages_data_check" CHECK (jsonb_typeof("data") = 'object' AND "data" ? 'role' AND "data" ? 'content' AND "data" ? 'timestamp');
ALTER TABLE "memory_files"
  ADD CONSTRAINT "memory_files_file_path_check" CHECK ("file_path" <> '');
ALTER TABLE "clips"
  ADD CONSTRAINT "clips_id_check" CHECK ("id" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' AND "id" !~ '\.\.'),
  ADD CONSTRAINT "clips_version_check" CHECK ("version" >= 1),
  ADD CONSTRAINT "clips_metadata_check" CHECK (jsonb_typeof("metadata") = 'object');
ALTER TABLE "clip_versions"
  ADD CONSTRAINT "clip_versions_version_check" CHECK ("version" >= 1),
  ADD CONSTRAINT "clip_versions_metadata_check" CHECK (jsonb_typeof("metadata") = 'object'),
  ADD CONSTRAINT "clip_versions_origin_check" CHECK ("message_index" IS NULL OR ("message_index" >= 0 AND "session_id" IS NOT NULL));
ALTER TABLE "songs"
  ADD CONSTRAINT "songs_id_check" CHECK ("id" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' AND "id" !~ '\.\.'),
  ADD CONSTRAINT "songs_metadata_check" CHECK (jsonb_typeof("metadata") = 'object');
ALTER TABLE "song_clips"
  ADD CONSTRAINT "song_clips_position_check" CHECK ("position" >= 0);
ALTER TABLE "playlists"
  ADD CONSTRAINT "playlists_id_check" CHECK ("id" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' AND "id" !~ '\.\.'),
  ADD CONSTRAINT "playlists_metadata_check" CHECK (jsonb_typeof("metadata") = 'object');
ALTER TABLE "playlist_songs"
  ADD CONSTRAINT "playlist_songs_position_check" CHECK ("position" >= 0);
ALTER TABLE "project_files"
  ADD CONSTRAINT "project_files_path_check" CHECK ("path" <> '' AND octet_length("path") <= 1024 AND "path" !~ '(^|/)\.\.?(/|$)' AND "path" !~ '^/'),
  ADD CONSTRAINT "project_files_item_check" CHECK (("item_type" IS NULL) = ("item_id" IS NULL));

-- CreateIndex: one primary memory file a session.
CREATE UNIQUE INDEX "memory_files_primary_key" ON "memory_files" ("session_id") WHERE "is_primary";

-- CreateIndex: clips by tempo; a bpm that is not a number has none.
CREATE INDEX "clips_bpm_idx" ON "clips" ((CASE WHEN jsonb_typeof("metadata" -> 'bpm') = 'number' THEN ("metadata" ->> 'bpm')::double precision END));

-- CreateIndex: substrings of names.
CREATE INDEX "sessions_name_trgm_idx" ON "sessions" USING GIN (("metadata" ->> 'name') gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex: words. A text vector holds 1 MiB at most, so a long text is indexed by its first 100,000 characters.
CREATE INDEX "messages_content_fts_idx" ON "messages" USING GIN (to_tsvector('simple', left("data" ->> 'content', 100000)));
CREATE INDEX "clips_fts_idx" ON "clips" USING GIN (to_tsvector('simple', left("name" || ' ' || "code", 100000)));
CREATE INDEX "songs_fts_idx" ON "songs" USING GIN (to_tsvector('simple', left("name" || ' ' || "body", 100000)));
CREATE INDEX "playlists_fts_idx" ON "playlists" USING GIN (to_tsvector('simple', left("name" || ' ' || "body", 100000)));
