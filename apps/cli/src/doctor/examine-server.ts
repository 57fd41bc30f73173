import { statfs } from "node:fs/promises"
import { join } from "node:path"
import { type Client, createClient } from "@strudel-agent/client/client"
import type { Answer, Fetch } from "@strudel-agent/client/fetch"
import { reasonOf } from "@strudel-agent/client/reason"
import type { Inconsistency } from "@strudel-agent/contract/inconsistency"
import { z } from "zod"
import type { Env } from "../env.ts"
import { exitCodes } from "../exit-code.ts"
import { mendRedirect, redirectOf } from "../redirect.ts"
import { repositoryFolder } from "../things/repository.ts"
import { type Finding, fine, problem, warning } from "./finding.ts"

const knockMilliseconds = 5000
/** Milliseconds by which two clocks may differ. */
const clockMilliseconds = 60_000
/** Bytes below which a disk is nearly full. */
const littleRoom = 1024 ** 3

const Health = z.object({ database: z.string(), version: z.string().optional() })

const isOnThisMachine = (url: string): boolean => /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname)

export function examineSettings({ url, token }: Env): Finding[] {
  const findings = [fine("settings", `STRUDEL_URL is ${url}, and a STRUDEL_TOKEN is ${token ? "set" : "not set"}`)]
  if (token && url.startsWith("http://") && !isOnThisMachine(url)) {
    const message = "the token goes to another machine over plain http, where others on the way can read it"
    findings.push(
      warning("settings", message, "give the server https, by a proxy in front, and say https:// in STRUDEL_URL"),
    )
  }
  return findings
}

function judgeHealth(url: string, answer: Answer, text: string): Finding[] | undefined {
  const health = parsed(text)
  if (answer.status === 403) {
    const mend = "name the host in the server's STRUDEL_ALLOWED_HOSTS, or use an address that it knows"
    return [problem("server", `${url} does not go by this name`, { mend, exitCode: exitCodes.refused })]
  }
  const redirect = redirectOf(answer)
  if (redirect) {
    const message = `what answers at ${url} redirects to ${redirect.to} (HTTP ${answer.status}), which is not followed`
    return [problem("server", message, { mend: mendRedirect(redirect), exitCode: exitCodes.unreachable })]
  }
  if (!health) {
    const mend = "set STRUDEL_URL to the address that `npm start` prints"
    const message = `what answers at ${url} is no Strudel Agent server (HTTP ${answer.status})`
    return [problem("server", message, { mend, exitCode: exitCodes.unreachable })]
  }
  if (health.database === "ok") return undefined
  const mend =
    "see whether PostgreSQL runs, and DATABASE_URL where it is your own; `npm start` again starts the one that comes along"
  return [problem("database", "the server is there, its database is away", { mend, exitCode: exitCodes.unreachable })]
}

function parsed(text: string) {
  try {
    return Health.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function judgeAnswer(answer: Answer, text: string, version: string): Finding[] {
  const findings: Finding[] = []
  const served = parsed(text)?.version
  if (served !== undefined && served !== version) {
    const message = `the server has version ${served}, this program ${version}`
    findings.push(
      warning("server", message, "use both of one version: build the command line again, or start the server again"),
    )
  }
  const date = Date.parse(answer.headers.get("date") ?? "")
  if (Math.abs(date - Date.now()) > clockMilliseconds) {
    const message = `its clock and this machine's differ by ${Math.round(Math.abs(date - Date.now()) / 1000)} s`
    findings.push(warning("server", message, "set both by NTP: times of messages are told by them"))
  }
  return findings
}

/** Findings that are told of each kind at most. */
const mostOfKind = 20

/** What does not fit together in the library; in a very large one the database may take too long for a part of it. */
export async function examineRows(read: Client["backup"]["inconsistencies"]["query"]): Promise<Finding[]> {
  const counts = new Map<Inconsistency["kind"], number>()
  const findings: Finding[] = []
  const mend = "restore a backup into an empty library, or mend the rows by hand (`npm run studio`)"
  try {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { items, nextCursor }: Awaited<ReturnType<typeof read>> = await read({ cursor })
      for (const { kind, name, problem: words } of items) {
        const count = (counts.get(kind) ?? 0) + 1
        counts.set(kind, count)
        if (count <= mostOfKind) findings.push(problem("database", `${kind} ${name} ${words}`, { mend }))
      }
      cursor = nextCursor
    }
  } catch (error) {
    if (reasonOf(error) !== "DATABASE_TIMEOUT") throw error
    const message = "it took too long to look through all of it"
    return [...findings, warning("database", message, "try again when less is going on")]
  }
  return findings.length > 0 ? findings : [fine("database", "sessions, versions and files fit together")]
}

async function examineLibrary({ url, token }: Env, fetch: Fetch): Promise<Finding[]> {
  const client = createClient({ url, token, fetch, retries: { isDue: () => false, pause: () => 0 } })
  try {
    const findings = await examineRows((input) => client.backup.inconsistencies.query(input))
    const { pending } = await client.clip.analysisProgress.query()
    if (pending > 0) findings.push(fine("analysis", `${pending} versions of clips wait to be listened to`))
    return findings
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (reasonOf(error) !== "TOKEN_REQUIRED") {
      const mend = "read the server's log (server.log in its data folder)"
      return [problem("database", `it could not be looked through: ${message}`, { mend })]
    }
    const words = token ? "the server does not accept the STRUDEL_TOKEN" : "the server asks for a token"
    const mend = "set STRUDEL_TOKEN to what the server was started with"
    return [problem("token", words, { mend, exitCode: exitCodes.refused })]
  }
}

interface Examining {
  /** The version of this program. */
  version: string
  fetch: Fetch
}

/** Looks at the server, its database and the token. */
export async function examineServer(env: Env, { version, fetch }: Examining): Promise<Finding[]> {
  const { url } = env
  let answer: Answer
  let text: string
  try {
    answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(knockMilliseconds) })
    text = await answer.text()
  } catch {
    const mend = "start it with `npm start`, or set STRUDEL_URL to where it is"
    return [problem("server", `no server answers at ${url}`, { mend, exitCode: exitCodes.unreachable })]
  }
  const wrong = judgeHealth(url, answer, text)
  if (wrong) return wrong
  return [
    fine("server", `${url} answers, and so does its database`),
    ...judgeAnswer(answer, text, version),
    ...(await examineLibrary(env, fetch)),
  ]
}

/** Looks at the program and the machine that it runs on. */
export async function examineMachine({ url, dataFolder }: Env, node: string): Promise<Finding[]> {
  const [major = 0, minor = 0] = node.split(".").map(Number)
  const isOld = major < 20 || (major === 20 && minor < 19)
  const findings = isOld
    ? [problem("program", `Node.js ${node} is too old`, { mend: "install Node.js 20.19 or later" })]
    : [fine("program", `Node.js ${node}`)]
  const repository = repositoryFolder()
  const folder = dataFolder ?? (repository && join(repository, ".data"))
  if (!folder || !isOnThisMachine(url)) return findings
  const room = await statfs(folder)
    .then(({ bavail, bsize }) => bavail * bsize)
    .catch(() => undefined)
  if (room === undefined) return findings
  const words = `${(room / 1024 ** 3).toFixed(1)} GiB are free for ${folder}`
  if (room >= littleRoom) return [...findings, fine("disk", words)]
  return [...findings, warning("disk", words, "make room: a server whose disk is full refuses what writes")]
}
