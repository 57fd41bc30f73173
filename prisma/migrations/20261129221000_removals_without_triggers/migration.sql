-- Who deletes something writes it into removals in the same transaction: tables with triggers cannot be distributed.
DROP TRIGGER note_removal ON "projects";
DROP TRIGGER note_removal ON "sessions";
DROP TRIGGER note_removal ON "clips";
DROP TRIGGER note_removal ON "songs";
DROP TRIGGER note_removal ON "playlists";
DROP FUNCTION note_removal();
