import { claimVersions, countAttempt } from "@strudel-agent/database/queries/clip/analysis"
import { type Analyser, createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"
import { type AnalysisWorker, startAnalysisWorker } from "./analysis-worker.ts"

let test: TestDoor
let workers: AnalysisWorker[] = []
/** Loading the engine costs a second of computing: one serves all of this. */
const analyser = createAnalyser({ deadline: 500, kill: 2_000 })
const shared: Analyser = { ...analyser, close: async () => {} }
afterAll(() => analyser.close())

const start = (analyser = shared) => {
  const worker = startAnalysisWorker({ database: test.database, analyser })
  workers.push(worker)
  return worker
}

beforeEach(async () => {
  test = await openTestDoor({
    analyser: shared,
    onWrite: () => {
      for (const worker of workers) worker.wake()
    },
  })
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  await test.close()
})

const projectId = "house"
const clip = () => test.client.clip
const create = (id: string, code: string) => clip().create.mutate({ projectId, id, name: id, code })

/** A while ago, since clocks may be set back. */
const endClaims = () =>
  test.database.db.$executeRaw`UPDATE clip_versions SET claimed_until = now() - interval '10 s' WHERE state IS NULL`
const waiting = () =>
  test.database.db.$queryRaw`
    SELECT attempts::int, claimed_until IS NOT NULL AS claimed FROM clip_versions WHERE state IS NULL`

async function heard(): Promise<void> {
  const end = Date.now() + 50_000
  while ((await clip().analysisProgress.query()).pending > 0) {
    if (Date.now() > end) throw new Error("not everything was listened to")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe("code that is stored", () => {
  it("is listened to: what it plays, that it is silent, only defines, or why it fails", async () => {
    await create("plays", "setcpm(30)\nsamples('github:user/repo')\ns(\"bd*2, hh*4\")")
    await create("sparse", 's("<bd ~ ~ ~ ~ ~ ~ ~ ~ ~ sd>")')
    await create("silent", "silence")
    await create("defines", "const twice = (x) => x.fast(2)")
    await create("fails", 's("bd")\n  .fastt(2)')
    await create("loops", 'for (;;) {}\ns("bd")')
    expect(await clip().byId.query({ projectId, id: "plays" })).toMatchObject({ state: null, analysis: null })
    start()
    await heard()
    const states = (await clip().list.query({ projectId })).items.map(({ id, state, problem }) => [id, state, problem])
    expect(Object.fromEntries(states.map(([id, ...rest]) => [id, rest]))).toEqual({
      plays: ["plays", null],
      sparse: ["plays", null],
      silent: ["silent", null],
      defines: ["definitions", null],
      fails: ["fails", { stage: "run", line: 2, column: 4, message: expect.stringContaining("fastt") }],
      loops: ["slow", null],
    })
    expect(await clip().byId.query({ projectId, id: "plays" })).toMatchObject({
      analysis: { cps: 0.5, events: 24, cycles: 4, sounds: ["bd", "hh"], samples: ["github:user/repo"] },
      picture: { cycles: 4, events: 24, sounds: ["bd", "hh"] },
    })
    expect(await clip().byId.query({ projectId, id: "sparse" })).toMatchObject({ analysis: { cycles: 16 } })
    const cards = await clip().cards.query({ projectId, state: ["plays"] })
    expect(cards.items.map(({ picture }) => picture?.paths.length)).toEqual([expect.any(Number), expect.any(Number)])
  })

  it("is read with its pictures whatever its pitches, and whatever stands in the place of one", async () => {
    await create("far", "stack(note(1e308), note(-1e308)).s('sine')")
    await create("kick", 's("bd")')
    start()
    await heard()
    expect(await clip().byId.query({ projectId, id: "far" })).toMatchObject({ state: "plays", picture: { events: 8 } })
    const { db } = test.database
    await db.$executeRaw`UPDATE clip_versions SET picture = jsonb_set(picture, '{width}', 'null') WHERE clip_id = 'kick'`
    expect(await clip().byId.query({ projectId, id: "kick" })).toMatchObject({ state: "plays", picture: null })
    expect((await clip().cards.query({ projectId })).items.map(({ id }) => id)).toEqual(["kick", "far"])
    expect((await clip().history.query({ projectId, id: "kick" })).items).toMatchObject([{ picture: null }])
  })

  it("stays where it is in lists, and keeps its version and its moment", async () => {
    const before = [await create("first", 's("bd")'), await create("second", 's("hh")')]
    start()
    await heard()
    const { items } = await clip().list.query({ projectId })
    expect(items.map(({ id }) => id)).toEqual(["second", "first"])
    for (const { id, updatedAt, version } of before) {
      expect(items.find((item) => item.id === id)).toMatchObject({ updatedAt, version, state: "plays" })
    }
  })

  it("is listened to again when it changes, and not where only its name or tags do", async () => {
    start()
    await create("kick", 's("bd")')
    await heard()
    const key = { projectId, id: "kick" }
    expect(await clip().update.mutate({ ...key, metadata: { tags: ["a"] } })).toMatchObject({ state: "plays" })
    await clip().tagMany.mutate({ keys: [key], add: ["b"] })
    expect(await clip().analysisProgress.query()).toEqual({ pending: 0 })
    expect(await clip().byId.query(key)).toMatchObject({ version: 3, state: "plays", picture: { sounds: ["bd"] } })
    expect(await clip().update.mutate({ ...key, code: 's("bd"' })).toMatchObject({ state: null, problem: null })
    await heard()
    expect(await clip().byId.query(key)).toMatchObject({ state: "fails", problem: { stage: "parse" }, picture: null })
    const { items } = await clip().history.query(key)
    expect(items.map(({ version, state, picture }) => [version, state, picture?.events])).toEqual([
      [4, "fails", undefined],
      [3, "plays", 8],
      [2, "plays", 8],
      [1, "plays", 8],
    ])
  })

  it("is shown by the songs that it stands in, each clip once", async () => {
    await create("kick", 's("bd")')
    await create("broken", 's("bd"')
    await test.client.song.create.mutate({ projectId, id: "set", name: "Set", clipIds: ["kick", "broken", "kick"] })
    start()
    await heard()
    const { items } = await test.client.song.pictures.query({ projectId, id: "set" })
    expect(items.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
      { id: "broken", state: "fails", problem: expect.objectContaining({ stage: "parse" }), picture: null },
      { id: "kick", state: "plays", problem: null, picture: expect.objectContaining({ events: 8 }) },
    ])
  })

  it("is found by whether it plays, in lists and in the search", async () => {
    await create("kick", 's("bd")')
    await create("broken", 's("bd"')
    start()
    await heard()
    const ids = async (state: ("plays" | "fails")[]) =>
      (await clip().list.query({ projectId, state })).items.map(({ id }) => id)
    expect(await ids(["fails"])).toEqual(["broken"])
    expect(await ids(["plays"])).toEqual(["kick"])
    expect(await ids([])).toEqual(["broken", "kick"])
    const found = async (q: string) => (await test.client.search.query.query({ q })).items.map(({ id }) => id)
    expect(await found("plays:no")).toEqual(["broken"])
    expect(await found("plays:yes kick")).toEqual(["kick"])
  })

  it("is told of to whoever follows the library, once", async () => {
    const told: string[] = []
    let begun = false
    const following = test.client.live.watch.subscribe(
      { library: true },
      {
        onData: ({ data }) => {
          begun = true
          if (data.type === "changes") told.push(...data.changes.map(({ id }) => id))
        },
      },
    )
    const end = Date.now() + 50_000
    while (!begun && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
    await create("kick", 's("bd")')
    while (!told.includes("kick") && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(told.filter((id) => id === "kick")).toHaveLength(1)
    start()
    await heard()
    while (told.filter((id) => id === "kick").length < 2 && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect(told.filter((id) => id === "kick")).toHaveLength(2)
    following.unsubscribe()
  })
})

describe("several servers", () => {
  it("share the work, each version once", async () => {
    for (let i = 0; i < 40; i++) await create(`c${i}`, `s("bd*${i + 1}")`)
    const statements = { count: 0 }
    const counting: Analyser = {
      ...shared,
      describe: (...args) => {
        statements.count++
        return shared.describe(...args)
      },
    }
    start(counting)
    start(counting)
    await heard()
    // One of them has fewer than eight events in four cycles, and is listened to for longer.
    expect(statements.count).toBe(41)
  })

  it("take over what a server that was killed had claimed, and do not listen for ever to what kills them", async () => {
    const { db } = test.database
    const killer = { ...(await create("killer", 's("hh")')), version: 1 }
    for (let i = 0; i < 7; i++) await create(`c${i}`, `s("bd*${i + 8}")`)
    for (let killed = 0; killed < 3; killed++) {
      expect(await claimVersions(db, 8)).toHaveLength(8)
      expect(await claimVersions(db, 8)).toEqual([])
      await countAttempt(db, killer)
      await endClaims()
    }
    start()
    await heard()
    expect((await clip().list.query({ projectId, state: ["plays"] })).items).toHaveLength(7)
    expect(await clip().byId.query({ projectId, id: "killer" })).toMatchObject({
      state: "slow",
      problem: null,
    })
  })

  it("go on with the others where listening to one throws, and give that one up in the end", async () => {
    for (let i = 0; i < 7; i++) await create(`c${i}`, `s("bd*${i + 8}")`)
    await create("odd", 's("hh")')
    start({
      ...shared,
      describe: async (code, options) => {
        if (code.includes("hh")) throw new Error("a thread ended")
        return shared.describe(code, options)
      },
    })
    await expect.poll(async () => await clip().analysisProgress.query(), { timeout: 50_000 }).toEqual({ pending: 1 })
    expect((await clip().list.query({ projectId, state: ["plays"] })).items).toHaveLength(7)
    const odd = async () => (await clip().byId.query({ projectId, id: "odd" })).state
    expect(await odd()).toBeNull()
    const tryAgain = async () => {
      await endClaims()
      return odd()
    }
    await expect.poll(tryAgain, { interval: 200, timeout: 50_000 }).toBe("slow")
  })

  it("hold it against no version that no thread starts", async () => {
    for (let i = 0; i < 3; i++) await create(`c${i}`, 's("bd")')
    let tries = 0
    const nowhere = createAnalyser({ folder: "/nowhere" })
    const worker = start({
      ...shared,
      describe: (code, options) => {
        tries++
        return nowhere.describe(code, options)
      },
    })
    await expect.poll(() => tries, { timeout: 50_000 }).toBeGreaterThan(0)
    await worker.stop()
    expect(await waiting()).toEqual(Array(3).fill({ attempts: 0, claimed: false }))
  })

  it("give back what they have not listened to when they stop", async () => {
    for (let i = 0; i < 8; i++) await create(`c${i}`, 'for (;;) {}\ns("bd")')
    // It ends what it listens to when it stops.
    const worker = start(createAnalyser({ deadline: 500, kill: 2_000 }))
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await worker.stop()
    const { pending } = await clip().analysisProgress.query()
    expect(pending).toBeGreaterThan(3)
    expect(await waiting()).toEqual(Array(pending).fill({ attempts: 0, claimed: false }))
  })
})

it("draws pictures as files, known by what they show", async () => {
  await create("kick", 's("bd*4, <hh oh>*8").gain("<1 .2>")')
  await create("quiet", "silence")
  start()
  await heard()
  const get = (path: string, headers = {}) => fetch(`${test.url}/api/projects/house/clips/${path}`, { headers })
  const answer = await get("kick/picture.svg")
  expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
    200,
    "image/svg+xml; charset=utf-8",
    "private, no-cache",
  ])
  const svg = await answer.text()
  expect(svg).toMatch(/^<svg [^>]*aria-label="48 events in 4 cycles: bd, hh, oh">/)
  const again = await get("kick/picture.svg", { "if-none-match": answer.headers.get("etag") })
  expect([again.status, await again.text()]).toEqual([304, ""])
  const ofVersion = await get("kick/picture.svg?version=1")
  expect([ofVersion.headers.get("cache-control"), await ofVersion.text()]).toEqual(["private, no-cache", svg])
  // A clip of the same id and version is another clip.
  await clip().delete.mutate({ projectId, id: "kick" })
  await create("kick", 's("cp")')
  await heard()
  const other = await get("kick/picture.svg?version=1", { "if-none-match": answer.headers.get("etag") })
  expect([other.status, await other.text()]).toEqual([200, expect.stringContaining("8 events in 8 cycles: cp")])
  for (const path of ["quiet/picture.svg", "gone/picture.svg", "kick/picture.svg?version=2"]) {
    expect((await get(path)).status, path).toBe(404)
  }
})

it("takes text that PostgreSQL would not", async () => {
  await create("odd", "throw new Error('\\0 \\ud800 ' + 'x'.repeat(5000))\ns('bd')")
  await create("names", "s(pure('\\0\\ud800'))")
  start()
  await heard()
  const { problem } = await clip().byId.query({ projectId, id: "odd" })
  expect(problem?.message.length).toBe(1_000)
  expect(await clip().byId.query({ projectId, id: "names" })).toMatchObject({ analysis: { sounds: ["\uFFFD\uFFFD"] } })
})
