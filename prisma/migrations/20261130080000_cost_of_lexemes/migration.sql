-- What computing a text's lexemes takes, in PostgreSQL's unit: 30 µs and more. Told less, the planner computes those of all
-- messages that came since it last looked at the table, of whose number it knows nothing, rather than ask the index.
-- Restricted, for a plan that seems to take long would start workers, which takes longer than most searches.
ALTER FUNCTION search_lexemes(text) COST 5000 PARALLEL RESTRICTED;
