import { expect, it } from "vitest"
import { databaseOfFile } from "../../testing/database-of-file.ts"
import { inTransaction } from "../../transaction.ts"
import { moveClipFiles, moveClips } from "./bulk.ts"

const database = databaseOfFile()

const moved = { clips: "id", clip_versions: "clip_id", project_files: "item_id" } as const
type Moved = keyof typeof moved

it("a clip that moves keeps each column of itself, its versions and its file, but for its key and its moment", async () => {
  const { db } = database
  const session = "00000000-0000-7000-8000-000000000001"
  await db.$executeRaw`INSERT INTO projects (id, name) VALUES ('from', 'From'), ('to', 'To')`
  await db.$executeRaw`
    INSERT INTO clips (project_id, id, name, code, metadata, version, created_at, updated_at, state, problem, analysed_at,
      loudness, peak, brightness, density, clipping, likeness)
    VALUES ('from', 'kick', 'Kick', 's("bd")', '{"bpm": 120}', 7, '2026-01-01', '2026-01-02', 'fails', '{"line": 1}', '2026-01-03',
      -14, -1, 900, 4, true, '{1,2.5}')`
  await db.$executeRaw`
    INSERT INTO clip_versions VALUES
      ('from', 'kick', 6, 'Kick', 's("hh")', '{"bpm": 90}', ${session}::uuid, 4, '2026-01-01', 'plays', NULL, 0.5, 3, 4,
        '{hh}', '{github:x/y}', '{"cycles": 4}', 2, '2026-01-04', '{"loudness": -14}', 'too long', 1, '2026-01-06'),
      ('from', 'kick', 7, 'Kick', 's("bd")', '{"bpm": 120}', ${session}::uuid, 5, '2026-01-02', 'fails', '{"line": 1}', 0.5,
        0, 4, '{bd}', '{github:x/y}', '{"cycles": 4}', 1, '2026-01-05', '{"loudness": -9}', 'too loud', 2, '2026-01-07')`
  await db.$executeRaw`
    INSERT INTO project_files VALUES ('from', 'clips/kick.js', '\\x00ff', 'clip', 'kick', '{id:none}', '2026-01-01', '2026-01-02')`
  await db.$executeRaw`
    INSERT INTO sessions (id, project_id, item_type, item_id) VALUES (${session}::uuid, 'from', 'clip', 'kick')`
  const rows = async (table: Moved, project: string, id: string) => {
    const found = await db.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE project_id = $1 AND ${moved[table]} = $2 ORDER BY to_jsonb(t)::text`,
      project,
      id,
    )
    return found.map(({ row }) => row)
  }
  const tables: Moved[] = ["clips", "clip_versions", "project_files"]
  const before = new Map<Moved, Record<string, unknown>[]>()
  for (const table of tables) before.set(table, await rows(table, "from", "kick"))
  expect([...before.values()].map((found) => found.length)).toEqual([1, 2, 1])
  const filled = [...before].flatMap(([table, found]) =>
    Object.keys(found[0] ?? {})
      .filter((column) => found.every((row) => row[column] === null))
      .map((column) => [table, column]),
  )
  expect(filled).toEqual([])

  const moves = [{ from: { projectId: "from", id: "kick" }, to: { projectId: "to", id: "kick-2" } }]
  await inTransaction(db, async (tx) => {
    await moveClipFiles(tx, moves, [])
    await moveClips(tx, moves)
  })
  for (const table of tables) {
    expect(await rows(table, "from", "kick")).toEqual([])
    const keyed = { project_id: "to", [moved[table]]: "kick-2" }
    const moment = table === "clip_versions" ? {} : { updated_at: expect.any(String) }
    expect(await rows(table, "to", "kick-2")).toEqual(
      before.get(table)?.map((row) => ({ ...row, ...keyed, ...moment })),
    )
  }
  const [clip] = await rows("clips", "to", "kick-2")
  expect(Date.parse(String(clip?.updated_at))).toBeGreaterThan(Date.parse("2026-06-01"))
  expect(await db.session.findMany({ select: { projectId: true, itemId: true } })).toEqual([
    { projectId: "to", itemId: "kick-2" },
  ])
})
