import { describe, expect, it } from "vitest"
import { statementProblems } from "./statement-rules.ts"

const fitting: [why: string, sql: string][] = [
  ["a column of an alias", "SELECT m.data FROM messages m WHERE m.session_id = $1 AND m.message_index < $2"],
  [
    "Prisma's long names",
    `SELECT "public"."clips"."id" FROM "public"."clips" WHERE ("public"."clips"."project_id" = $1 AND "public"."clips"."id" = $2)`,
  ],
  [
    "a bare column",
    "UPDATE sessions SET status = 'active' WHERE id = $1::uuid RETURNING message_count - $2::int AS first",
  ],
  ["a row of columns", "SELECT 1 FROM clips c WHERE (c.project_id, c.id) = ($1, $2)"],
  [
    "one of some rows",
    `SELECT 1 FROM "public"."clips" WHERE ("public"."clips"."project_id","public"."clips"."id") IN (($1,$2),($3,$4))`,
  ],
  ["any of some values", "SELECT 1 FROM sessions AS s WHERE s.id = any($1::uuid[]) FOR UPDATE OF s"],
  [
    "a join of one family",
    "SELECT 1 FROM song_clips sc INNER JOIN clips AS c ON c.project_id = sc.project_id AND c.id = sc.clip_id WHERE sc.project_id = $1",
  ],
  ["a list of tables", "SELECT 1 FROM unnest($1::text[]) k(id), messages AS m WHERE m.session_id = $2"],
  [
    "columns of an INSERT",
    `INSERT INTO "messages" ("session_id", "data") SELECT $1::uuid, row FROM jsonb_array_elements($2) row`,
  ],
  [
    "an UPDATE in a CTE",
    "WITH taken AS (UPDATE sessions SET message_count = 1 WHERE id = $1 RETURNING 1), stored AS (INSERT INTO messages (session_id, data) SELECT $1, '{}' FROM taken) SELECT 1 FROM taken",
  ],
  ["tables of no machine", "SELECT extract(epoch FROM r.removed_at) FROM removals r WHERE r.kind = 'clip'"],
  [
    "each arm of a UNION",
    "SELECT 1 FROM songs t WHERE t.project_id = $1 UNION ALL SELECT 1 FROM playlists t WHERE t.project_id = $1",
  ],
  [
    "a moment beside what is computed in some cases",
    "UPDATE runs r SET begun_at = least(r.begun_at, now()), cost = coalesce(r.cost, 0), state = CASE WHEN $2 THEN 'queued' ELSE r.state END, ended_at = now() WHERE r.session_id = $1",
  ],
  ["words in texts and comments", "SELECT 'FROM clips' /* FROM clips */ -- FROM clips\n"],
  [
    "what an upsert changes",
    "INSERT INTO memory_files (session_id, file_path) VALUES ($1, $2) ON CONFLICT (session_id, file_path) DO UPDATE SET loaded = $3",
  ],
]

const refused: [why: string, sql: string, problems: string[]][] = [
  ["no condition", "SELECT m.data FROM messages m", ["messages is not named by session_id"]],
  [
    "another column",
    `DELETE FROM "public"."clips" WHERE "public"."clips"."id" = $1`,
    ["clips is not named by project_id"],
  ],
  [
    "another table's column",
    "SELECT 1 FROM clips c JOIN songs s ON s.id = c.id WHERE c.project_id = $1",
    ["songs is not named by project_id"],
  ],
  [
    "only an order",
    "SELECT 1 FROM clips c WHERE c.project_id > $1 ORDER BY c.project_id",
    ["clips is not named by project_id"],
  ],
  ["only a column that is read", "SELECT c.project_id, c.id FROM clips c", ["clips is not named by project_id"]],
  [
    "a subquery",
    "SELECT 1 FROM songs s WHERE s.project_id = $1 AND s.id IN (SELECT sc.song_id FROM song_clips sc WHERE sc.clip_id = $2)",
    ["song_clips is not named by project_id"],
  ],
  [
    "the outer table's condition",
    "SELECT 1 FROM clips c WHERE c.project_id = $1 AND EXISTS (SELECT 1 FROM clips c WHERE c.id = $2)",
    ["clips is not named by project_id"],
  ],
  [
    "one arm of a UNION",
    "SELECT 1 FROM songs t WHERE t.project_id = $1 UNION SELECT 1 FROM playlists t WHERE t.id = $1",
    ["playlists is not named by project_id"],
  ],
  [
    "a list of tables",
    "SELECT 1 FROM (SELECT 1) one, messages m WHERE m.message_index = 0",
    ["messages is not named by session_id"],
  ],
  ["an INSERT without the column", "INSERT INTO messages (data) VALUES ($1)", ["messages is not named by session_id"]],
  ["an INSERT without columns", "INSERT INTO messages VALUES ($1, $2)", ["messages is not named by session_id"]],
  ["another key", "UPDATE clips AS c SET project_id = $1 WHERE c.project_id = $2", ["clips gets another project_id"]],
  [
    "a key among what is set",
    "UPDATE sessions SET status = $1, id = $2 WHERE sessions.id = $3",
    ["sessions gets another id"],
  ],
  [
    "a condition that is only set",
    "UPDATE sessions SET id = $2",
    ["sessions is not named by id", "sessions gets another id"],
  ],
  [
    "an upsert of another key",
    "INSERT INTO clips (project_id, id) VALUES ($1, $2) ON CONFLICT DO UPDATE SET project_id = $3",
    ["clips gets another project_id"],
  ],
  [
    "a cast in what a write answers",
    `INSERT INTO "public"."sessions" ("id") VALUES ($1) RETURNING "id", "status"::text`,
    ["sessions answers ::text"],
  ],
  [
    "a function in what a write answers",
    "DELETE FROM sessions s WHERE s.id = $1 RETURNING now()",
    ["sessions answers now"],
  ],
  [
    "a column that a subquery answers",
    "SELECT 1 FROM songs s WHERE s.project_id = (SELECT c.project_id FROM clips c)",
    ["clips is not named by project_id"],
  ],
  [
    "a moment of each row's own",
    "UPDATE clips c SET analysed_at = clock_timestamp() WHERE c.project_id = $1",
    ["clips is written with clock_timestamp"],
  ],
  [
    "a moment where there is none yet",
    "UPDATE runs r SET begun_at = coalesce(r.begun_at, now()) WHERE r.session_id = $1 RETURNING r.begun_at",
    ["runs is written with now in COALESCE"],
  ],
  [
    "a moment in some cases",
    "UPDATE clips c SET analysed_at = CASE WHEN c.version > $2 THEN (now()) ELSE NULL END WHERE c.project_id = $1",
    ["clips is written with now in CASE"],
  ],
  [
    "two families",
    "SELECT 1 FROM sessions s JOIN clips c ON c.project_id = s.project_id WHERE s.id = $1",
    ["joins clips and sessions"],
  ],
  [
    "writes here and there",
    "WITH gone AS (DELETE FROM clips c WHERE c.project_id = $1 RETURNING c.id) INSERT INTO removals (kind, item_id) SELECT 'clip', id FROM gone",
    ["writes clips and local at once"],
  ],
]

describe("a statement that runs on the machine of its rows", () => {
  it.each(fitting)("%s", (_, sql) => {
    expect(statementProblems(sql)).toEqual([])
  })
})

describe("a statement that does not", () => {
  it.each(refused)("%s", (_, sql, problems) => {
    expect(statementProblems(sql)).toEqual(problems)
  })
})
