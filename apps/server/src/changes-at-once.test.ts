import { setTimeout as pause } from "node:timers/promises"
import { reasonOf } from "@strudel-agent/client/reason"
import { afterAll, beforeAll, expect, it } from "vitest"
import { z } from "zod"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

let door: TestDoor
beforeAll(async () => {
  door = await openTestDoor()
})
afterAll(() => door.close())

const rounds = 5
const key = { projectId: "house", id: "shared" }

/** A version of an item, as whoever wrote or read it was told. */
interface Seen {
  version: number
  name: string
  /** Code or Markdown. */
  text: string
  /** What a song or a playlist holds. */
  parts: string[]
}

interface Item {
  path: string
  /** A file of the project's folder that says this. */
  file: (said: string) => string
  read: () => Promise<Seen>
  update: (change: { text?: string; name?: string; expectedVersion?: number }) => Promise<Seen>
  /** Puts the parts in another order; a clip has none. */
  reorder?: (parts: string[], expectedVersion: number) => Promise<Seen>
  /** All versions, the newest first. */
  history: () => Promise<Seen[]>
  rest: { path: string; text: "code" | "body" }
}

const clip = (row: { version: number; name: string; code: string }): Seen => ({
  ...{ version: row.version, name: row.name, text: row.code, parts: [] },
})
const song = (row: { version: number; name: string; body: string; clipIds: string[] }): Seen => ({
  ...{ version: row.version, name: row.name, text: row.body, parts: row.clipIds },
})
const playlist = (row: { version: number; name: string; body: string; songIds: string[] }): Seen => ({
  ...{ version: row.version, name: row.name, text: row.body, parts: row.songIds },
})

async function all<Row>(read: (cursor: string | null) => Promise<{ items: Row[]; nextCursor: string | null }>) {
  const rows: Row[] = []
  let next: string | null = null
  do {
    const { items, nextCursor } = await read(next)
    rows.push(...items)
    next = nextCursor
  } while (next !== null)
  return rows
}

const items: Item[] = [
  {
    path: "clips/shared.js",
    file: (said) => `// ${said}\ns("bd")\n`,
    read: async () => clip(await door.client.clip.byId.query(key)),
    update: async ({ text: code, ...change }) =>
      clip(await door.client.clip.update.mutate({ ...key, ...change, ...(code === undefined ? {} : { code }) })),
    history: async () => (await all((cursor) => door.client.clip.versions.query({ ...key, cursor }))).map(clip),
    rest: { path: "clips/house/shared", text: "code" },
  },
  {
    path: "songs/shared.md",
    file: (said) => `# Shared\n\n${said}\n\n- [Kick](clip:kick)\n- [Snare](clip:snare)\n`,
    read: async () => song(await door.client.song.byId.query(key)),
    update: async ({ text: body, ...change }) =>
      song(await door.client.song.update.mutate({ ...key, ...change, ...(body === undefined ? {} : { body }) })),
    reorder: async (clipIds, expectedVersion) =>
      song(await door.client.song.setClips.mutate({ ...key, clipIds, expectedVersion })),
    history: async () => (await all((cursor) => door.client.song.versions.query({ ...key, cursor }))).map(song),
    rest: { path: "songs/house/shared", text: "body" },
  },
  {
    path: "playlists/shared.md",
    file: (said) => `# Shared\n\n${said}\n\n1. [One](song:one)\n2. [Two](song:two)\n`,
    read: async () => playlist(await door.client.playlist.byId.query(key)),
    update: async ({ text: body, ...change }) =>
      playlist(
        await door.client.playlist.update.mutate({ ...key, ...change, ...(body === undefined ? {} : { body }) }),
      ),
    reorder: async (songIds, expectedVersion) =>
      playlist(await door.client.playlist.setSongs.mutate({ ...key, songIds, expectedVersion })),
    history: async () => (await all((cursor) => door.client.playlist.versions.query({ ...key, cursor }))).map(playlist),
    rest: { path: "playlists/house/shared", text: "body" },
  },
]

/** What was answered to writers of an item. */
interface Acknowledged {
  item: Item
  seen: Seen
  by: "edit" | "order" | "name"
}

/** Does what was refused again and again, as somebody else was first. */
async function untilTaken<Done>(attempt: () => Promise<Done | undefined>): Promise<Done> {
  for (;;) {
    const done = await attempt()
    if (done !== undefined) return done
    await pause(Math.random() * 10)
  }
}

/** Writes as the page does: on the version that it has seen. */
const onSeen = (item: Item, by: Acknowledged["by"], write: (seen: Seen) => Promise<Seen>): Promise<Acknowledged> =>
  untilTaken(async () => {
    try {
      return { item, by, seen: await write(await item.read()) }
    } catch (error) {
      if (!reasonOf(error)?.endsWith("_CHANGED")) throw error
      return undefined
    }
  })

const RestItem = z.object({
  version: z.number(),
  name: z.string(),
  code: z.string().optional(),
  body: z.string().optional(),
})

/** Adds a line as a program does: with the tag of the state that it has read. */
const overRest = (item: Item, line: string): Promise<Acknowledged> =>
  untilTaken(async () => {
    const url = `${door.url}/api/${item.rest.path}`
    const read = await fetch(url)
    const { [item.rest.text]: text = "" } = RestItem.parse(await read.json())
    const headers = { "content-type": "application/json", "if-match": read.headers.get("etag") ?? "" }
    const sent = JSON.stringify({ [item.rest.text]: `${text}${line}` })
    const answer = await fetch(url, { method: "PUT", headers, body: sent })
    if (answer.status === 412) return undefined
    expect(answer.status).toBe(200)
    const { version, name, ...written } = RestItem.parse(await answer.json())
    return { item, by: "edit", seen: { version, name, text: written[item.rest.text] ?? "", parts: [] } }
  })

/** Turns the order of what has one around. */
const reordering = (item: Item): Promise<Acknowledged>[] => {
  const { reorder } = item
  if (!reorder) return []
  return [onSeen(item, "order", ({ parts, version }) => reorder(parts.toReversed(), version))]
}

/** Imports what a folder says of all items, in one call; answers what became of each. */
async function importAll(said: string, overwrite: boolean) {
  const files = items.map(({ path, file }) => ({ path, content: Buffer.from(file(said)).toString("base64") }))
  const answer = await door.client.project.importFiles.mutate({ projectId: key.projectId, files, overwrite })
  return answer.files.map(({ path, outcome }) => ({ path, outcome, said }))
}

/** The lines of a text without the list that follows the order. */
const linesOf = (text: string): string[] => text.split("\n").filter((line) => line && !/^(?:-|\d\.) \[/.test(line))

/** Whether a version says all that the one before it says, in front of a line of its own if it has one. */
const goesOn = (former: Seen, latter: Seen): boolean => {
  const [before, after] = [linesOf(former.text), linesOf(latter.text)]
  return after.length <= before.length + 1 && before.every((line, place) => line === after[place])
}

it("imports, pages and programs change the same items at once, and nothing is lost", async () => {
  for (const id of ["kick", "snare"]) {
    await door.client.clip.create.mutate({ projectId: key.projectId, id, name: id, code: "silence" })
  }
  for (const id of ["one", "two"]) {
    await door.client.song.create.mutate({ projectId: key.projectId, id, name: id, clipIds: ["kick"] })
  }
  const acknowledged: Acknowledged[] = []
  const imported: { path: string; outcome: string; said: string }[] = []
  for (let round = 0; round < rounds; round++) {
    const winning = await importAll(`All over, round ${round}.`, true)
    for (const { outcome } of winning) expect(outcome).toBe(round === 0 ? "created" : "updated")
    imported.push(...winning)
    const writers = items.flatMap((item) => [
      ...["a", "b"].map((who) =>
        onSeen(item, "edit", ({ text, version }) =>
          item.update({ text: `${text}\n// page ${who} ${round}\n`, expectedVersion: version }),
        ),
      ),
      overRest(item, `\n// program ${round}\n`),
      item.update({ name: `Round ${round}` }).then((seen): Acknowledged => ({ item, seen, by: "name" })),
      ...reordering(item),
    ])
    const imports = ["x", "y"].map(async (who) => {
      await pause(Math.random() * 40)
      imported.push(...(await importAll(`Folder ${who}, round ${round}.`, false)))
    })
    acknowledged.push(...(await Promise.all(writers)))
    await Promise.all(imports)
  }

  for (const item of items) {
    const history = (await item.history()).toReversed()
    expect(history.map(({ version }) => version)).toEqual(history.map((_, place) => place + 1))

    const own = acknowledged.filter((answer) => answer.item === item)
    for (const { seen, by } of own) {
      const { version, name, text } = seen
      expect(history[version - 1]).toMatchObject(by === "name" ? { version, name } : { version, name, text })
    }
    expect(new Set(own.map(({ seen }) => seen.version)).size).toBe(own.length)

    const files = imported.filter(({ path }) => path === item.path)
    const madeBy = new Map<number, string>()
    for (const { outcome, said } of files) {
      const first = history.find(({ text }) => text.includes(said))
      expect([said, outcome, first !== undefined]).toEqual([said, outcome, outcome !== "skipped"])
      if (first) madeBy.set(first.version, said)
    }
    // Each version is somebody's: nothing was written that nobody was told of.
    expect(history.length).toBe(own.length + madeBy.size)

    for (const [place, latter] of history.entries()) {
      const former = history[place - 1]
      const said = madeBy.get(latter.version)
      if (!former || said?.startsWith("All over")) continue
      // A file wins over what the last file said, never over an edit.
      if (said === undefined) expect([former, latter, goesOn(former, latter)]).toEqual([former, latter, true])
      else expect([said, madeBy.has(former.version)]).toEqual([said, true])
    }
  }
})
