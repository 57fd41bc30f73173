-- AlterTable
ALTER TABLE "songs" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "playlists" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "song_versions" (
    "project_id" VARCHAR(100) NOT NULL,
    "song_id" VARCHAR(100) NOT NULL,
    "version" INTEGER NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "clip_ids" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "session_id" UUID,
    "message_index" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "song_versions_pkey" PRIMARY KEY ("project_id","song_id","version")
);

-- CreateTable
CREATE TABLE "playlist_versions" (
    "project_id" VARCHAR(100) NOT NULL,
    "playlist_id" VARCHAR(100) NOT NULL,
    "version" INTEGER NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "song_ids" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "session_id" UUID,
    "message_index" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "playlist_versions_pkey" PRIMARY KEY ("project_id","playlist_id","version")
);


-- What is there already is its first version, of the moment when it last changed. The keys follow, to be checked at once.
INSERT INTO "song_versions" ("project_id", "song_id", "version", "name", "body", "metadata", "clip_ids", "created_at")
SELECT i."project_id", i."id", 1, i."name", i."body", i."metadata",
  ARRAY(SELECT p."clip_id" FROM "song_clips" p WHERE p."project_id" = i."project_id" AND p."song_id" = i."id" ORDER BY p."position"),
  i."updated_at"
FROM "songs" i;

INSERT INTO "playlist_versions" ("project_id", "playlist_id", "version", "name", "body", "metadata", "song_ids", "created_at")
SELECT i."project_id", i."id", 1, i."name", i."body", i."metadata",
  ARRAY(SELECT p."song_id" FROM "playlist_songs" p WHERE p."project_id" = i."project_id" AND p."playlist_id" = i."id" ORDER BY p."position"),
  i."updated_at"
FROM "playlists" i;

-- AddForeignKey
ALTER TABLE "song_versions" ADD CONSTRAINT "song_versions_project_id_song_id_fkey" FOREIGN KEY ("project_id", "song_id") REFERENCES "songs"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "playlist_versions" ADD CONSTRAINT "playlist_versions_project_id_playlist_id_fkey" FOREIGN KEY ("project_id", "playlist_id") REFERENCES "playlists"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;



-- What the schema language cannot say.

-- AddCheck
ALTER TABLE "songs"
  ADD CONSTRAINT "songs_version_check" CHECK ("version" >= 1);
ALTER TABLE "song_versions"
  ADD CONSTRAINT "song_versions_version_check" CHECK ("version" >= 1),
  ADD CONSTRAINT "song_versions_metadata_check" CHECK (jsonb_typeof("metadata") = 'object'),
  ADD CONSTRAINT "song_versions_origin_check" CHECK ("message_index" IS NULL OR ("message_index" >= 0 AND "session_id" IS NOT NULL));
ALTER TABLE "playlists"
  ADD CONSTRAINT "playlists_version_check" CHECK ("version" >= 1);
ALTER TABLE "playlist_versions"
  ADD CONSTRAINT "playlist_versions_version_check" CHECK ("version" >= 1),
  ADD CONSTRAINT "playlist_versions_metadata_check" CHECK (jsonb_typeof("metadata") = 'object'),
  ADD CONSTRAINT "playlist_versions_origin_check" CHECK ("message_index" IS NULL OR ("message_index" >= 0 AND "session_id" IS NOT NULL));
