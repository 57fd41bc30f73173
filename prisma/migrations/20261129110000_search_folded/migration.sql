-- What the schema language cannot say.

-- A text as a search compares it: in small letters, composed, without accents, vowel points and signs that are not seen,
-- wide and narrow forms of a sign alike. foldText of the api does the same; a test holds them together.
CREATE FUNCTION search_fold(source text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 20 AS $$
DECLARE folded text;
BEGIN
  IF octet_length(source) = length(source) THEN RETURN lower(source); END IF;
  folded := lower(regexp_replace(normalize(source, NFKD), '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]+', '', 'g'));
  -- What is still in pieces: scripts of India, marks of kana, letters of hangul.
  IF folded ~ '[\u0900-\u1bff\u3099\u309a\U00011000-\U00011fff]' THEN folded := normalize(folded, NFC); END IF;
  IF folded ~ '[ßæœþøđðłħŧıς]' THEN
    folded := translate(replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øđðłħŧıς', 'oddlhtiσ');
  END IF;
  RETURN folded;
END $$;

-- The words of a text's first 100,000 characters. What is written without spaces has none: there each two neighbouring
-- characters are one, and the first and last of each run alone; pictures and other signs are words. A text vector holds
-- 1 MiB at most, which 120,000 folded characters, 60,000 of them without spaces, cannot fill.
CREATE FUNCTION search_lexemes(source text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 200 SET search_path FROM CURRENT AS $$
DECLARE folded text; spaced text; runs text;
BEGIN
  IF octet_length(source) = length(source) THEN
    RETURN to_tsvector('pg_catalog.simple', translate(left(source, 100000), '</>.@-', '      '));
  END IF;
  folded := left(search_fold(left(source, 100000)), 120000);
  -- Of signs and what has no spaces PostgreSQL's parser knows no words.
  spaced := translate(regexp_replace(folded, '[\u0080-\u00bf\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3040-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b2ff\U0001f1e6-\U0001f1ff\U00020000-\U0003ffff\u2000-\u2bff\u3000-\u303f\U0001f000-\U0001faff]+', ' ', 'g'), '</>.@-', '      ');
  IF folded !~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3040-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b2ff\U0001f1e6-\U0001f1ff\U00020000-\U0003ffff\u2190-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001faff]' THEN RETURN to_tsvector('pg_catalog.simple', spaced); END IF;
  runs := left(regexp_replace(folded, '[^\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3040-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b2ff\U0001f1e6-\U0001f1ff\U00020000-\U0003ffff]+', ' ', 'g'), 60000);
  RETURN to_tsvector('pg_catalog.simple', spaced)
    || (regexp_replace(runs || ' ', '..', '\& ', 'g') || regexp_replace(' ' || runs || ' ', '..', '\& ', 'g')
      || regexp_replace(regexp_replace(folded, '[^\u2190-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001faff]+', '', 'g'), '.', '\& ', 'g'))::tsvector;
END $$;

-- Where in a text its character is that is at a place of its folded form, both from 1.
CREATE FUNCTION search_place(source text, place integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE at integer := 0; behind integer := 0; step integer; low integer := 1; high integer; middle integer;
BEGIN
  LOOP
    step := length(search_fold(substr(source, at + 1, 4000)));
    EXIT WHEN behind + step >= place OR at + 4000 >= length(source);
    at := at + 4000;
    behind := behind + step;
  END LOOP;
  high := least(4000, length(source) - at);
  WHILE low < high LOOP
    middle := (low + high) / 2;
    IF behind + length(search_fold(substr(source, at + 1, middle))) >= place THEN high := middle; ELSE low := middle + 1; END IF;
  END LOOP;
  RETURN at + low;
END $$;

-- DropIndex
DROP INDEX "messages_content_fts_idx", "clips_fts_idx", "songs_fts_idx", "playlists_fts_idx", "projects_name_trgm_idx", "sessions_name_trgm_idx",
  "clips_name_trgm_idx", "clips_code_trgm_idx", "songs_name_trgm_idx", "playlists_name_trgm_idx";

-- An index of 100,000 messages is sorted in memory.
SET LOCAL maintenance_work_mem = '256MB';

-- CreateIndex: words. A search reads the whole pending list, and a long one makes PostgreSQL rather read the whole table.
-- Without any, an append of fifty messages takes ten times as long; with 1 MiB it takes what it took with the usual 4.
CREATE INDEX "messages_content_fts_idx" ON "messages" USING GIN (search_lexemes("data" ->> 'content')) WITH (gin_pending_list_limit = 1024);
CREATE INDEX "clips_fts_idx" ON "clips" USING GIN (search_lexemes("name" || ' ' || "code")) WITH (fastupdate = off);
CREATE INDEX "songs_fts_idx" ON "songs" USING GIN (search_lexemes("name" || ' ' || "body")) WITH (fastupdate = off);
CREATE INDEX "playlists_fts_idx" ON "playlists" USING GIN (search_lexemes("name" || ' ' || "body")) WITH (fastupdate = off);
CREATE INDEX "projects_fts_idx" ON "projects" USING GIN (search_lexemes("name")) WITH (fastupdate = off);
CREATE INDEX "sessions_fts_idx" ON "sessions" USING GIN (search_lexemes("metadata" ->> 'name')) WITH (fastupdate = off);

-- CreateIndex: substrings of names and code.
CREATE INDEX "projects_name_trgm_idx" ON "projects" USING GIN (search_fold("name") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "sessions_name_trgm_idx" ON "sessions" USING GIN (search_fold("metadata" ->> 'name') gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "clips_name_trgm_idx" ON "clips" USING GIN (search_fold("name") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "clips_code_trgm_idx" ON "clips" USING GIN (search_fold("code") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "songs_name_trgm_idx" ON "songs" USING GIN (search_fold("name") gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "playlists_name_trgm_idx" ON "playlists" USING GIN (search_fold("name") gin_trgm_ops) WITH (fastupdate = off);
