import { randomUUID } from "node:crypto"
import { hostileBodies, hostileTexts } from "./hostile-texts.ts"
import { timeRequest } from "./request-time.ts"
import { watch } from "./watcher.ts"

/** Characters of a text that is sent, as a person's message or an imported file may have them, and the most a body may have. */
const sizes = [24_000, 250_000]
/** Milliseconds that nobody else may wait for /health, and for a message to be stored. */
const most = { health: 300, append: 500 }
/** Lists, which show every hostile text in its own way. */
const lists = ["/", "/sessions", "/projects", "/songs", "/playlists", "/clips", "/search?q=word"]

interface Row {
  name: string
  health: number
  append: number
  /** The longest of the requests that were made, which one it was, and how they were answered. */
  slowest: number
  what: string
  refused: number
}

const projectId = "hostile"

/** What is sent of one text: to every door that keeps a text. */
function sends(text: string, key: string, sessionId: string): { path: string; method: string; body: unknown }[] {
  const content = Buffer.from(`# Text\n\n${text}`).toString("base64")
  return [
    { path: `/api/messages/${sessionId}`, method: "POST", body: { messages: [{ role: "assistant", content: text }] } },
    {
      path: `/api/messages/${sessionId}`,
      method: "POST",
      body: { messages: [{ role: "user", content: "Code", code_changes: { before: text, after: `${text}\n` } }] },
    },
    { path: "/api/songs", method: "POST", body: { project_id: projectId, song_id: key, name: key, body: text } },
    {
      path: `/api/songs/${projectId}/${key}`,
      method: "PUT",
      body: { body: `${text}\n[a](clip:a)`, clip_ids: ["a", "a"] },
    },
    {
      path: "/api/playlists",
      method: "POST",
      body: { project_id: projectId, playlist_id: key, name: key, body: text },
    },
    { path: `/api/projects/${projectId}`, method: "PUT", body: { description: text } },
    { path: "/api/clips", method: "POST", body: { project_id: projectId, clip_id: key, name: key, code: text } },
    { path: "/api/analyze", method: "POST", body: { code: text } },
    {
      path: "/trpc/project.importFiles",
      method: "POST",
      body: {
        projectId,
        files: ["songs", "playlists"].map((folder) => ({ path: `${folder}/${key}-file.md`, content })),
      },
    },
  ]
}

const pages = (key: string, sessionId: string): string[] => [
  `/sessions/${sessionId}`,
  `/sessions/${sessionId}/print`,
  `/projects/${projectId}`,
  `/projects/${projectId}/songs/${key}`,
  `/projects/${projectId}/songs/${key}-file`,
  `/projects/${projectId}/songs/${key}/stage`,
  `/projects/${projectId}/playlists/${key}`,
  `/projects/${projectId}/clips/${key}`,
  `/api/messages/${sessionId}`,
  ...lists,
]

async function newSession(url: string, name: string): Promise<string> {
  const sessionId = randomUUID()
  const body = JSON.stringify({ session_id: sessionId, session_name: name, project_id: projectId })
  const { status, text } = await timeRequest(`${url}/api/sessions`, { method: "POST", body })
  if (status !== 201) throw new Error(`A session was answered ${status}: ${text.slice(0, 200)}`)
  return sessionId
}

/** Sends a text to every door and asks for every page that shows it. */
async function tryText(url: string, { name, text, key }: { name: string; text: string; key: string }) {
  const sessionId = await newSession(url, name)
  const found = { slowest: 0, what: "", refused: 0 }
  const note = (what: string, { status, milliseconds, text: said }: Awaited<ReturnType<typeof timeRequest>>) => {
    if (status >= 500) throw new Error(`${what} of "${name}" was answered ${status}: ${said.slice(0, 300)}`)
    if (status >= 400) found.refused += 1
    if (milliseconds > found.slowest) Object.assign(found, { slowest: milliseconds, what })
  }
  for (const { path, method, body } of sends(text, key, sessionId)) {
    note(`${method} ${path}`, await timeRequest(url + path, { method, body: JSON.stringify(body) }))
  }
  for (const path of pages(key, sessionId)) note(`GET ${path}`, await timeRequest(url + path))
  return found
}

/** Sends a body to routes of both doors, eight at once. */
async function tryBody(url: string, body: Buffer, sessionId: string) {
  const routes = [
    ...[`/api/messages/${sessionId}`, "/api/sessions", "/api/clips", "/api/analyze", "/api/nowhere"],
    ...["/trpc/message.append", "/trpc/project.importFiles", "/trpc/session.create"],
  ]
  const found = { slowest: 0, what: "", refused: 0 }
  await Promise.all(
    routes.map(async (path) => {
      // A server that refuses a body by its length may close before it was sent.
      const answer = await timeRequest(url + path, { method: "POST", body }).catch(() => undefined)
      if (!answer || answer.status >= 400) found.refused += 1
      if (answer && answer.status >= 500 && answer.status !== 503)
        throw new Error(`${path} was answered ${answer.status}`)
      if (answer && answer.milliseconds > found.slowest)
        Object.assign(found, { slowest: answer.milliseconds, what: path })
    }),
  )
  return found
}

const shown = ({ name, health, append, slowest, what, refused }: Row): string =>
  [
    name.padEnd(44),
    health.toFixed(0).padStart(7),
    append.toFixed(0).padStart(7),
    slowest.toFixed(0).padStart(8),
    String(refused).padStart(5),
    `  ${what}`,
  ].join("")

/**
 * Sends texts and bodies that cost much to a running product, asks for every page that shows them, and tells how long
 * others waited meanwhile; resolves to whether nobody waited longer than they may.
 */
export async function measureHostile(url: string, say: (line: string) => void): Promise<boolean> {
  const calm = await newSession(url, "Somebody who works meanwhile")
  const clip = JSON.stringify({ project_id: projectId, clip_id: "a", name: "a", code: 's("bd")' })
  await timeRequest(`${url}/api/clips`, { method: "POST", body: clip })
  const watcher = watch(url, calm)
  const rows: Row[] = []
  const add = async (name: string, found: Omit<Row, "name" | "health" | "append">) => {
    const row = { name, ...(await watcher.take()), ...found }
    rows.push(row)
    say(shown(row))
  }
  say(`${"longest waits in ms".padEnd(44)} health append  slowest refused  which`)
  for (const [index, [name, make]] of Object.entries(hostileTexts).entries()) {
    for (const size of sizes) {
      await add(
        `${name}, ${size / 1000} KB`,
        await tryText(url, { name, text: make(size), key: `t${index}-${size / 1000}` }),
      )
    }
  }
  for (const [name, make] of Object.entries(hostileBodies)) {
    await add(`body of ${name}`, await tryBody(url, Buffer.from(make()), calm))
  }
  const stored = await watcher.stop()
  const worst = {
    health: Math.max(...rows.map(({ health }) => health)),
    append: Math.max(...rows.map(({ append }) => append)),
  }
  say(
    `Longest: /health ${worst.health.toFixed(0)} of ${most.health} ms, an append ${worst.append.toFixed(0)} of ${most.append} ms`,
  )
  const { text } = await timeRequest(`${url}/api/messages/${calm}/count`)
  say(`${stored} messages were stored meanwhile; the session holds ${text}`)
  return worst.health <= most.health && worst.append <= most.append
}
