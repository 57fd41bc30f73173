-- What the schema language cannot say.

-- Signs that PostgreSQL's parser makes one word with what stands around them, or none of it, are blanks: of "x.fast(2)" it
-- would read a host, of "kick/snare" a file, of "<bass>" nothing at all.

-- DropIndex
DROP INDEX "messages_content_fts_idx", "clips_fts_idx", "songs_fts_idx", "playlists_fts_idx";

-- CreateIndex: a search reads the whole pending list, and a long one makes PostgreSQL rather read the whole table. Without
-- any, an append of fifty messages takes ten times as long; with 1 MiB it takes what it took with the usual 4.
CREATE INDEX "messages_content_fts_idx" ON "messages" USING GIN (to_tsvector('simple', translate(left("data" ->> 'content', 100000), '</>.@', '     ')))
  WITH (gin_pending_list_limit = 1024);
CREATE INDEX "clips_fts_idx" ON "clips" USING GIN (to_tsvector('simple', translate(left("name" || ' ' || "code", 100000), '</>.@', '     ')))
  WITH (fastupdate = off);
CREATE INDEX "songs_fts_idx" ON "songs" USING GIN (to_tsvector('simple', translate(left("name" || ' ' || "body", 100000), '</>.@', '     ')))
  WITH (fastupdate = off);
CREATE INDEX "playlists_fts_idx" ON "playlists" USING GIN (to_tsvector('simple', translate(left("name" || ' ' || "body", 100000), '</>.@', '     ')))
  WITH (fastupdate = off);
