-- As before, with the same answers: what is all ASCII has the same small letters in every language, and PostgreSQL finds them
-- in half the time where it need not ask which language it is.
CREATE OR REPLACE FUNCTION search_fold(source text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 20 AS $$
DECLARE folded text;
BEGIN
  IF octet_length(source) = length(source) THEN RETURN lower(source COLLATE "C"); END IF;
  folded := lower(regexp_replace(normalize(source, NFKD), '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]+', '', 'g'));
  -- What is still in pieces: scripts of India, marks of kana, letters of hangul.
  IF folded ~ '[\u0900-\u1bff\u3099\u309a\U00011000-\U00011fff]' THEN folded := normalize(folded, NFC); END IF;
  IF folded ~ '[ßæœþøđðłħŧıς]' THEN
    folded := translate(replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øđðłħŧıς', 'oddlhtiσ');
  END IF;
  RETURN folded;
END $$;
