import { expect, it } from "vitest"
import { apartProblems, spreadProblems } from "./spread-rules.ts"

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
  [
    "of one machine, with a part for each row of rows that were picked",
    "SELECT c.id, (SELECT v.picture FROM clip_versions AS v WHERE v.project_id = $1 AND v.clip_id = c.id) FROM (SELECT * FROM clips AS c WHERE c.project_id = $2 LIMIT 5) AS c",
  ],
  ["that locks rows of one", "SELECT r.id FROM sessions AS r WHERE r.id = $1 FOR UPDATE"],
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
  [
    "a part whose place rows that were picked would tell",
    "SELECT c.id, (SELECT v.picture FROM clip_versions AS v WHERE v.project_id = c.project_id AND v.clip_id = c.id) FROM (SELECT * FROM clips AS c WHERE c.project_id = $1 LIMIT 5) AS c",
    ["clip_versions is read for each row of c"],
  ],
  [
    "a lock on rows of several",
    "SELECT r.id FROM sessions AS r WHERE r.id = ANY($1::uuid[]) ORDER BY r.id FOR UPDATE",
    ["locks rows of several machines"],
  ],
])("they cannot answer %s", (_, sql, problems) => expect(spreadProblems(sql)).toEqual(problems))

it.each([
  [
    "whose parts all name it",
    "SELECT s.id, ARRAY(SELECT p.clip_id FROM song_clips AS p WHERE p.project_id = $2 AND p.song_id = s.id) FROM songs AS s WHERE s.project_id = $1",
  ],
  [
    "with a join",
    "SELECT 1 FROM song_clips sc INNER JOIN clips AS c ON c.project_id = sc.project_id WHERE sc.project_id = $1",
  ],
  [
    "that asks whether there is something",
    "SELECT 1 FROM songs s WHERE s.project_id = $1 AND NOT EXISTS (SELECT FROM song_clips p WHERE p.project_id = s.project_id)",
  ],
  ["of several", "SELECT 1 FROM unnest($1::text[]) AS k(id) JOIN clips AS c ON c.project_id = k.id"],
  ["that writes", "INSERT INTO runs (session_id, run_number) VALUES ($1, $2)"],
])("one machine is asked for a statement %s", (_, sql) => expect(apartProblems(sql)).toEqual([]))

it.each([
  [
    "a part that is computed for each row",
    "SELECT s.id, ARRAY(SELECT p.clip_id FROM song_clips AS p WHERE p.project_id = s.project_id) FROM songs AS s WHERE s.project_id = $1",
    ["song_clips is asked on every machine"],
  ],
  [
    "rows that only a part of the statement names",
    "SELECT s.id, ARRAY(SELECT p.clip_id FROM song_clips AS p WHERE p.project_id = $1 AND p.song_id = s.id) FROM songs AS s",
    ["songs is asked on every machine"],
  ],
  ["no condition", "SELECT 1 FROM clips c", ["clips is asked on every machine"]],
])("every machine is asked for %s", (_, sql, problems) => expect(apartProblems(sql)).toEqual(problems))
