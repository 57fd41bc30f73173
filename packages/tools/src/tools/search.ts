import { SoundWord } from "@strudel-agent/contract/clip"
import { soundSorts } from "@strudel-agent/contract/clip/sound-words"
import { type ClipState, statesOf } from "@strudel-agent/contract/clip/state"
import { limits } from "@strudel-agent/contract/limits"
import { SearchKind } from "@strudel-agent/contract/search"
import { Slug, shortText } from "@strudel-agent/contract/text"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { clipRow } from "../clip-row.ts"
import { defineTool, reads } from "../define-tool.ts"
import { detailField, limitField, queryField } from "../fields.ts"
import { type Row, Rows, rowsInWords, shortened } from "../list-thing.ts"
import type { ToolContext } from "../tool.ts"
import { type Thing, thingOf, uriOf } from "../uri.ts"

const Bpm = z.number().min(0, "at least 0").max(10_000, "at most 10,000")

const input = z.strictObject({
  query: queryField.default("").describe('Words, "a phrase", a part of a name or of code'),
  kinds: z.array(SearchKind).max(SearchKind.options.length).optional(),
  project: Slug.optional(),
  tag: shortText(limits.search).optional(),
  bpm_min: Bpm.optional(),
  bpm_max: Bpm.optional(),
  scale: shortText(limits.search).optional().describe("Of clips, e.g. C:minor"),
  plays: z.boolean().optional().describe("Clips that play, or those that do not"),
  sound: SoundWord.optional().describe("Of clips, as measured"),
  like: z.string().optional().describe("Address of a clip: those that sound like it"),
  sort: z.enum(soundSorts).optional().describe("Clips with the most of it first"),
  limit: limitField,
  cursor: z.string().max(2000).optional(),
  detail: detailField,
})
type Input = z.output<typeof input>

const quoted = (text: string) => (/[\s"]/.test(text) ? `"${text.replaceAll('"', "")}"` : text)

/** The text of a search box that says the same. */
function boxText({ query, tag, bpm_min, bpm_max, plays }: Input): string {
  const bpm = bpm_min === undefined && bpm_max === undefined ? [] : [`bpm:${bpm_min ?? ""}..${bpm_max ?? ""}`]
  const filters = [
    ...(tag ? [`tag:${quoted(tag)}`] : []),
    ...bpm,
    ...(plays === undefined ? [] : [`plays:${plays ? "yes" : "no"}`]),
  ]
  return [query.trim(), ...filters].filter(Boolean).join(" ")
}

type Hit = Awaited<ReturnType<ToolContext["client"]["search"]["query"]["query"]>>["items"][number]

function thingOfHit({ kind, id, projectId, sessionId }: Hit): Thing {
  if (kind === "message") return { kind: "session", id: sessionId ?? id }
  if (kind === "session" || kind === "project") return { kind, id }
  return { kind, projectId: projectId ?? "", id }
}

function rowOfHit(hit: Hit, detail: boolean): Row {
  const snippet = shortened(hit.snippet.map(({ text }) => text).join(""), detail ? 400 : 80)
  const where = hit.kind === "message" ? `message ${hit.messageIndex}` : hit.line === null ? "" : `line ${hit.line}`
  const note = [where, snippet].filter(Boolean).join(": ")
  return { uri: uriOf(thingOfHit(hit)), name: shortened(hit.title, 60), ...(note ? { note } : {}) }
}

const asksForClips = ({ kinds, query, scale, sound, sort }: Input) =>
  scale !== undefined ||
  sound !== undefined ||
  sort !== undefined ||
  (query.trim() === "" && (kinds === undefined || kinds.every((kind) => kind === "clip")))

async function searchClips(asked: Input, { client, signal }: ToolContext): Promise<Rows> {
  const { query, project, tag, bpm_min, bpm_max, scale, plays, sound, sort, limit, cursor } = asked
  const state: ClipState[] | undefined = plays === undefined ? undefined : statesOf(plays)
  const page = await client.clip.cards.query(
    {
      q: query.trim() || undefined,
      projectId: project,
      tag,
      bpmMin: bpm_min,
      bpmMax: bpm_max,
      scale,
      state,
      sound: sound && [sound],
      sort,
      limit,
      cursor,
    },
    { signal },
  )
  return { items: page.items.map(clipRow), ...(page.nextCursor ? { next: page.nextCursor } : {}) }
}

/** What goes with `like`: it compares with every clip, and answers the nearest alone. */
const besideLike = new Set(["limit", "detail"])

async function searchSimilar({ like = "", ...rest }: Input, { client, signal }: ToolContext): Promise<Rows> {
  const { limit, query } = rest
  const others = Object.entries({ ...rest, query: query || undefined }).flatMap(([name, value]) =>
    value === undefined || besideLike.has(name) ? [] : [name],
  )
  if (others.length > 0) {
    throw new ToolProblem(`like: it compares with every clip of the library: leave out ${others.join(", ")}.`)
  }
  const thing = thingOf(like)
  if (thing.kind !== "clip") throw new ToolProblem("like: only clips are compared, e.g. strudel://clip/house/kick.")
  const { projectId, id } = thing
  const asked = { projectId, id, limit: Math.min(limit, limits.similar.max) }
  const { measured, items } = await client.clip.similar.query(asked, { signal })
  if (!measured) throw new ToolProblem("like: its sound is not measured, or it is silent: listen tells which.")
  return { items: items.map(clipRow) }
}

export const search = defineTool({
  name: "search",
  title: "Search the library",
  description:
    "Find clips, songs, playlists, projects, sessions and what was said in messages, by words or filters (tag, tempo, scale, sound, project, whether it plays, what sounds like a clip). Use it first when the person names something or asks what there is about a topic. To browse, use list.",
  input,
  output: Rows,
  hints: reads,
  async run(asked, context) {
    const { client, signal } = context
    if (asked.like !== undefined) {
      const rows = await searchSimilar(asked, context)
      return { text: rowsInWords(rows), data: rows }
    }
    if (asksForClips(asked)) {
      const rows = await searchClips(asked, context)
      return { text: rowsInWords(rows), data: rows }
    }
    const { kinds, project, limit, cursor, detail } = asked
    const page = await client.search.query.query(
      { q: boxText(asked), kinds, projectId: project, limit, cursor },
      { signal },
    )
    const rows = {
      items: page.items.map((hit) => rowOfHit(hit, detail)),
      ...(page.nextCursor ? { next: page.nextCursor } : {}),
    }
    return { text: rowsInWords(rows), data: rows }
  },
})
