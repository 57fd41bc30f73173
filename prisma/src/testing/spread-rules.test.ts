import { expect, it } from "vitest"
import { spreadProblems } from "./spread-rules.ts"

it.each([
  ["of one table", "SELECT id FROM clips c WHERE c.name = $1 ORDER BY c.id LIMIT 5"],
  [
    "whose parts lie together",
    "SELECT s.id, ARRAY(SELECT p.clip_id FROM song_clips AS p WHERE p.project_id = s.project_id AND p.song_id = s.id) FROM songs AS s",
  ],
  [
    "with a limit of its own part",
    "SELECT b.id, upper(b.text) FROM (SELECT c.id, c.code AS text FROM unnest($1) AS k(id) JOIN clips AS c ON c.id = k.id OFFSET 0) AS b",
  ],
  [
    "that counts by what says where rows lie",
    "SELECT k.id, h.count FROM unnest($1) AS k(id) JOIN LATERAL (SELECT t.project_id, count(*) FROM clips AS t WHERE t.project_id = k.id GROUP BY t.project_id) AS h ON true",
  ],
  ["with a query beside it", "SELECT 1 FROM messages m WHERE m.data @@ (SELECT $1::tsquery)"],
])("several machines can answer a statement %s", (_, sql) => expect(spreadProblems(sql)).toEqual([]))

it.each([
  [
    "a recursion",
    "WITH RECURSIVE told AS (SELECT $1::uuid AS id UNION ALL SELECT s.parent FROM told JOIN sessions AS s ON s.id = told.id) SELECT 1 FROM told",
    ["recurs through a distributed table"],
  ],
  [
    "a limit for each row",
    "WITH page AS (SELECT 'a' AS id) SELECT shown.name FROM page, LATERAL (SELECT c.name FROM clips c WHERE c.id = page.id LIMIT 1) shown",
    ["some of clips are read for each row of page"],
  ],
  [
    "a count for each row of a function",
    "SELECT n.count FROM unnest($1) AS k(id) CROSS JOIN LATERAL (SELECT count(*) FROM clips AS c WHERE c.project_id = k.id) AS n",
    ["clips is counted for each row of k"],
  ],
  [
    "a part for each row of a table of every machine",
    "SELECT p.id, (SELECT count(*) FROM clips AS c WHERE c.project_id = p.id) FROM projects AS p",
    ["clips is read for each row of p"],
  ],
  [
    "a part for each row of a part, of the same name",
    "SELECT s.id, ARRAY(SELECT part.clip_id FROM song_clips AS part WHERE part.song_id = s.id) FROM (SELECT * FROM songs AS s LIMIT 5) AS s",
    ["song_clips is read for each row of s"],
  ],
])("they cannot answer %s", (_, sql, problems) => expect(spreadProblems(sql)).toEqual(problems))
