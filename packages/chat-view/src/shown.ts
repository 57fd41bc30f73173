import type { App } from "@modelcontextprotocol/ext-apps"
import * as z from "zod/mini"

/** What the tools say of the item that they answer with, and of the versions that they compared. */
const Named = z.object({ uri: z.string(), from: z.optional(z.int()), to: z.optional(z.int()) })

const ReadAnswer = z.object({
  uri: z.string(),
  name: z.string(),
  version: z.optional(z.int()),
  code: z.optional(z.string()),
  page: z.optional(z.string()),
})
const CodeAnswer = z.object({ code: z.optional(z.string()) })
const Comparison = z.object({ from: z.int(), to: z.int(), same: z.boolean(), diff: z.string() })
const Changed = z.object({ version: z.int() })

/** A clip or a song as it is shown. */
export interface Shown {
  uri: string
  kind: "clip" | "song"
  name: string
  version: number
  /** What is played: a clip's code, or a song as one piece. */
  code: string
  /** Where people open it. */
  page: string | undefined
  /** What a change did, the last one unless others were compared; undefined where there is none. */
  change: { from: number; to: number; diff: string } | undefined
}

/** What a tool refused, in its own words. */
export class Refused extends Error {
  override name = "Refused"
}

interface Answer {
  isError?: boolean | undefined
  structuredContent?: unknown
  content?: { type: string; text?: unknown }[] | undefined
}

/** The words of an answer. */
export const wordsOf = ({ content = [] }: Answer): string =>
  content.flatMap(({ type, text }) => (type === "text" && typeof text === "string" ? [text] : [])).join("\n")

const address = /^strudel:\/\/(clip|song)\/[^/]+\/[^/]+/

/** A clip or a song, and which of its versions are compared: the last two unless others are named. */
export interface Wanted {
  uri: string
  compared: { from: number; to: number } | undefined
}

/** The clip or song that a tool answered with; undefined where it answered with something else. */
export function wantedIn(answer: Answer): Wanted | undefined {
  const { data } = Named.safeParse(answer.structuredContent)
  const uri = address.exec(data?.uri ?? "")?.[0]
  if (data === undefined || uri === undefined) return undefined
  const { from, to } = data
  return { uri, compared: from === undefined || to === undefined ? undefined : { from, to } }
}

async function call<Data>(
  app: App,
  schema: z.ZodMiniType<Data>,
  params: { name: string; arguments: Record<string, unknown> },
): Promise<Data> {
  const answer = await app.callServerTool(params)
  if (answer.isError) throw new Refused(wordsOf(answer))
  const data = schema.safeParse(answer.structuredContent)
  if (!data.success) throw new Refused(`The tool ${params.name} answered something else`)
  return data.data
}

const kindOf = (uri: string): Shown["kind"] => (uri.startsWith("strudel://song/") ? "song" : "clip")

async function changeOf(app: App, { uri, compared }: Wanted, version: number): Promise<Shown["change"]> {
  if (version < 2) return undefined
  const versions = compared ?? {}
  const answer = await call(app, Comparison, {
    name: "compare_versions",
    arguments: { uri, detail: true, ...versions },
  })
  return answer.same ? undefined : { from: answer.from, to: answer.to, diff: answer.diff }
}

/** Reads a clip or a song through the tools that the chat has; rejects with `Refused`. */
export async function readShown(app: App, wanted: Wanted): Promise<Shown> {
  const { uri } = wanted
  const { name, version = 1, code, page } = await call(app, ReadAnswer, { name: "read", arguments: { uri } })
  const whole = code ?? (await call(app, CodeAnswer, { name: "export", arguments: { uri, format: "code" } })).code ?? ""
  const change = await changeOf(app, wanted, version)
  return { uri, kind: kindOf(uri), name, version, code: whole, page, change }
}

/** The code that a clip had as a version. */
export async function readVersion(app: App, shown: Shown, version: number): Promise<string> {
  const { uri } = shown
  if (version === shown.version) return shown.code
  const { code = "" } = await call(app, ReadAnswer, { name: "read", arguments: { uri: `${uri}/${version}` } })
  return code
}

/** Stores a clip's code as its next version, and answers that. */
export async function saveCode(app: App, { uri, version }: Shown, code: string): Promise<number> {
  const [project = "", id = ""] = uri.replace("strudel://clip/", "").split("/").map(decodeURIComponent)
  const saved = await call(app, Changed, {
    name: "save_clip",
    arguments: { project, id, code, expected_version: version },
  })
  return saved.version
}

/** Brings a former version back as the next one, and answers that. */
export async function restore(app: App, { uri }: Shown, version: number): Promise<number> {
  const restored = await call(app, Changed, { name: "restore_version", arguments: { uri, version } })
  return restored.version
}
