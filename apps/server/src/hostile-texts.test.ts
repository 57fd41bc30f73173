import { hostileMarkdown } from "@strudel-agent/project-folder/testing/hostile-markdown"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

const projectId = "hostile"
/** Milliseconds of the processor that may pass before somebody is answered; what blocks takes many seconds of it. */
const patience = 1000
const cases: [size: number, kinds: string[]][] = [
  [24_000, ["numbers within one another", "lines under one letter", "openings of links"]],
  [250_000, ["lists and quotes within one another", "emphasis of two signs", "items without text", "definitions"]],
]
const texts = cases.flatMap(([size, kinds]) => {
  const made = hostileMarkdown(size)
  return kinds.map((kind) => ({ kind, size, text: made.get(kind) ?? "" }))
})

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
  await test.client.clip.create.mutate({ projectId, id: "kick", name: "Kick", code: "" })
})
afterAll(() => test.close())

const send = (method: string, path: string, body: unknown) =>
  fetch(test.url + path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) })

/** Milliseconds of the processor that this process has taken, however busy the machine is with other things. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Asks for the health of the server without a pause while work is done; resolves to the longest wait. */
async function longestWait(work: Promise<unknown>): Promise<number> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  let longest = 0
  while (!isDone) {
    const begun = processorTime()
    expect((await fetch(`${test.url}/health`)).status).toBe(200)
    longest = Math.max(longest, processorTime() - begun)
  }
  await done
  return longest
}

it.each(texts)(
  "answers others while it stores $size bytes of $kind",
  { timeout: 60_000 },
  async ({ kind, size, text }) => {
    expect(text.length).toBeGreaterThan(size / 2)
    const song_id = `${kind.replaceAll(" ", "-")}-${size}`
    const body = `[Kick](clip:kick)\n\n${text}`.slice(0, size)
    const content = (ending: string) => Buffer.from(`# Text\n\n${text}${ending}`).toString("base64")
    const sends = async () => {
      const created = await send("POST", "/api/songs", { project_id: projectId, song_id, name: kind, body })
      expect(created.status).toBe(201)
      for (const clip_ids of [["kick"], ["kick", "kick"]]) {
        const put = await send("PUT", `/api/songs/${projectId}/${song_id}`, { clip_ids })
        expect(put.status).toBe(200)
      }
      const described = await send("PUT", `/api/projects/${projectId}`, { description: body })
      expect(described.status).toBe(200)
      for (const ending of ["", "\n\nMore.\n"]) {
        const paths = [`songs/${song_id}-file.md`, `playlists/${song_id}.md`]
        const files = paths.map((path) => ({ path, content: content(ending) }))
        const { files: taken } = await test.client.project.importFiles.mutate({ projectId, files })
        expect(taken).toHaveLength(2)
      }
      const stored = await fetch(`${test.url}/api/songs?project_id=${projectId}&limit=200`)
      expect(stored.status).toBe(200)
    }
    expect(await longestWait(sends())).toBeLessThan(patience)
  },
)
