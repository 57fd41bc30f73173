import { randomUUID } from "node:crypto"
import pg from "pg"

export const longSession = "00000000-0000-7000-8000-000000000001"

const statements = [
  `INSERT INTO projects (id, name) SELECT 'project-' || i, 'Project ' || i FROM generate_series(0, 19) i`,
  `INSERT INTO sessions (id, agent_name, model_name, status, project_id, item_type, item_id, message_count, metadata, last_activity)
   SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'strudel', 'model', 'active', 'project-' || (i % 20),
     'clip', 'kick', 200, jsonb_build_object('name', 'Session ' || i, 'bpm', 120), now() - (i || ' minutes')::interval
   FROM generate_series(1, 1000) i`,
  // Sessions begin a minute apart, and a message follows another after three seconds.
  `INSERT INTO messages (session_id, message_index, created_at, data)
   SELECT s.id, m, s.last_activity - ((199 - m) * 3 || ' s')::interval, jsonb_build_object('role', CASE WHEN m % 2 = 0 THEN 'user' ELSE 'assistant' END, 'content',
     'Message ' || m || ': ' || repeat('make the kick punchier and add a filter sweep. ', 4), 'timestamp', '2026-01-01T00:00:00Z')
   FROM sessions s, generate_series(0, 199) m`,
  `INSERT INTO messages (session_id, message_index, created_at, data)
   SELECT '${longSession}', m, now() - ((99999 - m) * 3 || ' s')::interval, jsonb_build_object('role', 'user', 'content', 'Message ' || m || ': ' || repeat('long session ', 12),
     'timestamp', '2026-01-01T00:00:00Z')
   FROM generate_series(200, 99999) m`,
  // As people write elsewhere: one message in five of the sessions' last ones.
  `UPDATE messages SET data = jsonb_set(data, '{content}', to_jsonb(data ->> 'content' || CASE WHEN message_index % 2 = 0
     THEN repeat('让鼓机更响一点，' || message_index || '再加上滤波器扫频。', 6) || '🥁' ELSE repeat('une crème brûlée très légère, ', 8) END))
   WHERE message_index BETWEEN 160 AND 199`,
  `UPDATE sessions SET message_count = 100000 WHERE id = '${longSession}'`,
  // About a kilobyte of code each, as clips have it.
  `INSERT INTO clips (project_id, id, name, code, metadata, updated_at, created_at, state)
   SELECT 'project-' || (i % 20), 'clip-' || i, 'Clip ' || i, 's("sbd*4").gain(0.' || (i % 10) || ')' || E'\\n' ||
     repeat('  .layer(x => x.note("c2 [eb2 g2]").lpf(sine.range(400, 2000)))' || E'\\n', 12) || '// ' || md5(i::text) ||
     CASE WHEN i % 1000 = 0 THEN ' qz' ELSE '' END,
     jsonb_build_object('bpm', 90 + i % 60, 'scale', 'scale ' || (i % 30), 'color', '#' || lpad(to_hex(i % 24), 6, '0'),
       'author', 'author ' || (i % 40), 'tags',
       CASE WHEN i % 9 = 0 THEN '[]' ELSE jsonb_build_array('drums', 'tag' || (i % 50)) END),
     now() - (i || ' s')::interval, now() - (i || ' s')::interval,
     (CASE i % 100 WHEN 0 THEN 'fails' WHEN 1 THEN 'silent' ELSE 'plays' END)
   FROM generate_series(1, 10000) i`,
  `INSERT INTO clip_versions (project_id, clip_id, version, name, code, state, problem)
   SELECT project_id, id, 1, name, code, state,
     CASE WHEN state = 'fails' THEN '{"stage": "evaluate", "message": "gain is not defined", "line": 1, "column": 1}'::jsonb END
   FROM clips`,
  `INSERT INTO songs (project_id, id, name) SELECT 'project-' || (i % 20), 'song-' || i, 'Song ' || i FROM generate_series(1, 2000) i`,
  `INSERT INTO song_clips (project_id, song_id, position, clip_id)
   SELECT project_id, id, 0, 'clip-' || substr(id, 6) FROM songs`,
  "ANALYZE",
]

/** The session that has a million messages below its newest page. */
export const deepSession = "00000000-0000-7000-8000-00000000dee9"

const deep = [
  `INSERT INTO sessions (id, message_count, last_activity) VALUES ('${deepSession}', 1000050, now() - interval '1 year')`,
  `INSERT INTO messages (session_id, message_index, created_at, data)
   SELECT '${deepSession}', m, now() - interval '1 year', jsonb_build_object('role', 'user', 'content',
     repeat('deep session ', 12), 'timestamp', '2025-01-01T00:00:00Z')
   FROM generate_series(0, 1000049) m`,
  "ANALYZE messages",
]

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs statements on a database that does not have a session yet. */
const fill = (url: string, session: string, all: string[]) =>
  withClient(url, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM sessions WHERE id = $1", [session])
    if (rowCount) return
    for (const statement of all) await client.query(statement)
  })

/** Fills a migrated database, unless it is: 1,000 sessions of 200 messages, of which 40 in other languages, one of 100,000, and 10,000 clips, 2,000 in songs. */
export const seed = (url: string): Promise<void> => fill(url, longSession, statements)

/** Adds a session of a million messages, unless it is there; nothing of the other sessions changes. */
export const seedDepth = (url: string): Promise<void> => fill(url, deepSession, deep)

/** Adds a session without messages; answers its id. */
export const addSession = (url: string): Promise<string> =>
  withClient(url, async (client) => {
    const id = randomUUID()
    await client.query("INSERT INTO sessions (id) VALUES ($1)", [id])
    return id
  })
