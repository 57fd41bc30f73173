import { statesOf } from "@strudel-agent/contract/clip/state"
import { isTextKind, type TextKind } from "@strudel-agent/contract/item"
import { Search, type SearchHit, SearchPage, SearchValueList, SearchValues } from "@strudel-agent/contract/search"
import { foldText } from "@strudel-agent/contract/search/fold"
import { searchPattern } from "@strudel-agent/contract/search/highlight"
import {
  parseSearchText,
  type SearchKind,
  type SearchText,
  searchKinds,
  withoutQuotes,
  wordsOf,
} from "@strudel-agent/contract/search/text"
import { someAtOnce } from "@strudel-agent/contract/some-at-once"
import type { Db } from "@strudel-agent/database/client"
import {
  type SearchQuery,
  searchClips,
  searchProjects,
  searchSessions,
  searchTexts,
} from "@strudel-agent/database/queries/search"
import { type FoundRow, findLexemes, searchDepth } from "@strudel-agent/database/queries/search/asked"
import type { Excerpt } from "@strudel-agent/database/queries/search/excerpt"
import { messageDepth, messageKey, searchMessages } from "@strudel-agent/database/queries/search/message"
import {
  listFoundClips,
  listFoundMessages,
  listFoundProjects,
  listFoundSessions,
  listFoundTexts,
} from "@strudel-agent/database/queries/search/shown"
import { listAgentsLike, listProjectsLike, listTagsLike } from "@strudel-agent/database/queries/sql/filter-value"
import { namesOfSession } from "@strudel-agent/library/session-name"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { decodeCursor, encodeCursor, places } from "../cursor.ts"
import { codeSnippet, textSnippet } from "../search-snippet.ts"
import { reader } from "../trpc.ts"

type Hit = Omit<z.input<typeof SearchHit>, "kind" | "rank" | "at">

/** The rows of a kind, and what is shown of those that make it onto the page, by their `key`. */
interface FoundOfKind {
  rows: FoundRow[]
  show(keys: ReadonlySet<string>): Promise<ReadonlyMap<string, Hit>>
}
type Find = (db: Db, query: SearchQuery, text: string) => Promise<FoundOfKind>
type Found = FoundRow & { kind: SearchKind }

/** Statements of one search that run at once: more would take the database's connections from everybody else. */
const atOnce = 3

interface Kind<Row extends FoundRow, Shown> {
  search: (db: Db, query: SearchQuery) => Promise<Row[]>
  /** Reads what is shown of rows. */
  list: (db: Db, rows: Row[], asked: SearchQuery["asked"]) => Promise<Shown[]>
  keyOf: (row: Shown) => string
  hitOf: (row: Shown, text: string) => Hit
}

const finder =
  <Row extends FoundRow, Shown>({ search, list, keyOf, hitOf }: Kind<Row, Shown>): Find =>
  async (db, query, text) => {
    const rows = await search(db, query)
    return {
      rows,
      async show(keys) {
        const shown = rows.filter(({ key }) => keys.has(key))
        const row = shown.length > 0 ? await list(db, shown, query.asked) : []
        return new Map(row.map((row) => [keyOf(row), hitOf(row, text)]))
      },
    }
  }

interface Item {
  projectId: string
  id: string
  name: string
}

const nowhere = { projectId: null, sessionId: null, messageIndex: null, line: null }
const keyOfItem = ({ projectId, id }: Item) => `${projectId}/${id}`
const ofItem = ({ projectId, id, name }: Item) => ({ ...nowhere, projectId, id, title: name, note: projectId })
const ofBody = (row: Item & { excerpt: Excerpt }, text: string): Hit => ({
  ...ofItem(row),
  snippet: textSnippet(row.excerpt, searchPattern(text)),
})

const ofTexts = (kind: TextKind): Find =>
  finder({
    search: (db, query) => searchTexts(db, kind, query),
    list: (db, rows, asked) => listFoundTexts(db, kind, rows, asked),
    keyOf: keyOfItem,
    hitOf: ofBody,
  })

const finders: Record<Exclude<SearchKind, TextKind>, Find> = {
  clip: finder({
    search: searchClips,
    list: listFoundClips,
    keyOf: keyOfItem,
    hitOf: (row, text) => ({
      ...ofItem(row),
      ...{ snippet: codeSnippet(row.excerpt, searchPattern(text, true)), line: row.excerpt.line },
    }),
  }),
  project: finder({
    search: searchProjects,
    list: listFoundProjects,
    keyOf: ({ id }) => id,
    hitOf: (row, text) => ({
      ...nowhere,
      ...{ projectId: row.id, id: row.id, title: row.name, note: row.id },
      snippet: textSnippet(row.excerpt, searchPattern(text)),
    }),
  }),
  session: finder({
    search: searchSessions,
    list: listFoundSessions,
    keyOf: ({ id }) => id,
    hitOf: (row) => ({
      ...nowhere,
      ...{ projectId: row.projectId, id: row.id, sessionId: row.id, title: namesOfSession(row).displayName },
      note: `${row.agentName} · ${row.messageCount} ${row.messageCount === 1 ? "message" : "messages"}`,
      snippet: [],
    }),
  }),
  message: finder({
    search: searchMessages,
    list: listFoundMessages,
    keyOf: messageKey,
    hitOf: (row, text) => ({
      ...nowhere,
      ...{ projectId: row.projectId, sessionId: row.sessionId, messageIndex: row.messageIndex },
      id: `${row.sessionId}/${row.messageIndex}`,
      title: namesOfSession(row).displayName,
      note: `${row.role} · message ${row.messageIndex}`,
      snippet: textSnippet(row.excerpt, searchPattern(text)),
    }),
  }),
}

const finderOf = (kind: SearchKind): Find => (isTextKind(kind) ? ofTexts(kind) : finders[kind])

/** Whether rows of a kind can pass a search's filters at all: only a clip has a tempo and plays, only a session an agent. */
function canPass(kind: SearchKind, { text, bpm, plays, tags, agents, statuses, kinds }: SearchText): boolean {
  if (kinds.length > 0 && !kinds.includes(kind)) return false
  if ((bpm || plays !== undefined) && kind !== "clip") return false
  if (tags.length > 0 && (kind === "project" || kind === "message")) return false
  if ((agents.length > 0 || statuses.length > 0) && kind !== "session" && kind !== "message") return false
  return text !== "" || kind !== "message"
}

const asksNothing = ({ text, bpm, plays, ...lists }: SearchText) =>
  text === "" &&
  !bpm &&
  plays === undefined &&
  [lists.tags, lists.projects, lists.kinds, lists.agents, lists.statuses].every((list) => list.length === 0)

async function askedOf(db: Db, { text }: SearchText): Promise<SearchQuery["asked"]> {
  if (text === "") return { words: [], phrases: [], lexemes: null }
  const words = wordsOf(text)
  const [only, ...more] = words
  const exact = withoutQuotes(text)
  const folded = (quoted: boolean) => words.flatMap((word) => (word.quoted === quoted && foldText(word.text)) || [])
  const parts = { words: folded(false), phrases: folded(true) }
  return {
    ...{ name: foldText(exact), exact, ...parts, lexemes: await findLexemes(db, parts) },
    code: foldText(only?.quoted && more.length === 0 ? only.text : text),
  }
}

const order = (kind: SearchKind): number => searchKinds.indexOf(kind)

/** The best first, then the newest, then by kind and key: the order that each kind's statement has too. */
const byRank = (a: Found, b: Found): number =>
  b.rank - a.rank || b.at.getTime() - a.at.getTime() || order(a.kind) - order(b.kind) || (a.key < b.key ? -1 : 1)

/** The place of the page before as a kind's rows see it: of its moment, those of earlier kinds are through. */
function placeFor(kind: SearchKind, cursor: z.output<typeof places.search> | undefined) {
  if (!cursor) return undefined
  const [rank, at, lastKind, key] = cursor
  const distance = order(kind) - order(lastKind)
  if (distance < 0) return { rank, at }
  return { rank, at, key: distance > 0 ? "" : key }
}

/** Values that are offered for a filter that is being typed. */
const offered = 8

const valuesLike = { tag: listTagsLike, in: listProjectsLike, agent: listAgentsLike }

export const searchRouter = {
  /** The values of a filter that begin so, accents or none: tags, projects' ids and agents. */
  values: reader
    .input(SearchValues)
    .output(SearchValueList)
    .query(async ({ ctx, input: { filter, begins } }) => ({
      items: await valuesLike[filter](ctx.database.db, foldText(begins), offered),
    })),

  /** Everything that a search box's text finds, the best first. */
  query: reader
    .input(Search)
    .output(SearchPage)
    .query(async ({ ctx, input }) => {
      const { limit, perKind, projectId } = input
      const search = parseSearchText(input.q)
      const cursor = decodeCursor(places.search, input.cursor)
      const kinds = searchKinds.filter((kind) => (input.kinds?.includes(kind) ?? true) && canPass(kind, search))
      if (asksNothing(search)) return { items: [], counts: {}, nextCursor: null }
      const filter = {
        ...{ projectId, projectIds: search.projects, tags: search.tags },
        ...{ bpmMin: search.bpm?.min, bpmMax: search.bpm?.max, agents: search.agents, statuses: search.statuses },
        ...{ states: search.plays === undefined ? [] : statesOf(search.plays) },
      }
      const { db } = ctx.database
      const asked = await askedOf(db, search)
      // The last of them first, which takes the longest.
      const lastFirst = await someAtOnce(kinds.toReversed(), atOnce, async (kind) => {
        const window = { after: placeFor(kind, cursor), limit: limit + 1 }
        return { kind, ...(await finderOf(kind)(db, { asked, filter, window }, search.text)) }
      })
      const found = lastFirst.toReversed()
      const counts = found.map(({ kind, rows }) => {
        const count = rows[0]?.found ?? 0
        return [kind, { count, more: count >= (kind === "message" ? messageDepth(limit + 1) : searchDepth) }]
      })
      const rows = found
        .flatMap(({ kind, rows }) => (perKind ? rows.slice(0, limit) : rows).map((row): Found => ({ ...row, kind })))
        .sort(byRank)
      const page = perKind ? rows : rows.slice(0, limit)
      const last = page.at(-1)
      const shown = new Map(
        await someAtOnce(lastFirst, atOnce, async ({ kind, show }) => {
          const keys = page.filter((row) => row.kind === kind).map(({ key }) => key)
          return [kind, await show(new Set(keys))] as const
        }),
      )
      return {
        items: page.flatMap(({ kind, key, rank, at }) => {
          const hit = shown.get(kind)?.get(key)
          return hit ? [{ kind, ...hit, rank, at }] : []
        }),
        counts: cursor ? null : Object.fromEntries(counts),
        nextCursor: last && rows.length > page.length ? encodeCursor([last.rank, last.at, last.kind, last.key]) : null,
      }
    }),
} satisfies TRPCRouterRecord
