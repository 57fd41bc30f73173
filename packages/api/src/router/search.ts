import type { Db } from "@strudel-agent/database/client"
import { listAgentsLike, listProjectsLike, listTagsLike } from "@strudel-agent/database/queries/filter-value"
import {
  type FoundItem,
  type SearchQuery,
  searchClips,
  searchPlaylists,
  searchProjects,
  searchSessions,
  searchSongs,
} from "@strudel-agent/database/queries/search"
import { type FoundRow, searchDepth } from "@strudel-agent/database/queries/search-asked"
import { searchMessages } from "@strudel-agent/database/queries/search-message"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { decodeCursor, encodeCursor, places } from "../cursor.ts"
import { statesOf } from "../schema/clip-state.ts"
import { Search, type SearchHit, SearchPage, SearchValueList, SearchValues } from "../schema/search.ts"
import { foldText } from "../schema/search-fold.ts"
import { searchPattern } from "../schema/search-highlight.ts"
import {
  parseSearchText,
  type SearchKind,
  type SearchText,
  searchKinds,
  withoutQuotes,
  wordsOf,
} from "../schema/search-text.ts"
import { codeSnippet, textSnippet } from "../search-snippet.ts"
import { namesOfSession } from "../session-name.ts"
import { reader } from "../trpc.ts"

type Hit = Omit<z.input<typeof SearchHit>, "kind" | "rank" | "at">
/** A row with what is shown of it, which is made of those alone that make it onto the page. */
type FoundWithHit = FoundRow & { hit: () => Hit }
type Found = FoundWithHit & { kind: SearchKind }
type Find = (db: Db, query: SearchQuery, text: string) => Promise<FoundWithHit[]>

/** Statements of one search that run at once: more would take the database's connections from everybody else. */
const atOnce = 3

const nowhere = { projectId: null, sessionId: null, messageIndex: null, line: null }
const ofItem = ({ projectId, id, name }: FoundItem) => ({ ...nowhere, projectId, id, title: name, note: projectId })

const withBody =
  (search: (db: Db, query: SearchQuery) => Promise<FoundItem[]>): Find =>
  async (db, query, text) => {
    const pattern = searchPattern(text)
    return (await search(db, query)).map((row) => ({
      ...row,
      hit: () => ({ ...ofItem(row), snippet: textSnippet(row.excerpt, pattern) }),
    }))
  }

const finders: Record<SearchKind, Find> = {
  song: withBody(searchSongs),
  playlist: withBody(searchPlaylists),

  async clip(db, query, text) {
    const pattern = searchPattern(text, true)
    return (await searchClips(db, query)).map((row) => ({
      ...row,
      hit: () => ({ ...ofItem(row), snippet: codeSnippet(row.excerpt, pattern), line: row.excerpt.line }),
    }))
  },

  async project(db, query, text) {
    const pattern = searchPattern(text)
    return (await searchProjects(db, query)).map((row) => ({
      ...row,
      hit: () => ({
        ...nowhere,
        ...{ projectId: row.id, id: row.id, title: row.name, note: row.id },
        snippet: textSnippet(row.excerpt, pattern),
      }),
    }))
  },

  async session(db, query) {
    return (await searchSessions(db, query)).map((row) => ({
      ...row,
      hit: () => ({
        ...nowhere,
        ...{ projectId: row.projectId, id: row.id, sessionId: row.id, title: namesOfSession(row).displayName },
        note: `${row.agentName} · ${row.messageCount} ${row.messageCount === 1 ? "message" : "messages"}`,
        snippet: [],
      }),
    }))
  },

  async message(db, query, text) {
    const pattern = searchPattern(text)
    return (await searchMessages(db, query)).map((row) => ({
      ...row,
      hit: () => ({
        ...nowhere,
        ...{ projectId: row.projectId, sessionId: row.sessionId, messageIndex: row.messageIndex },
        id: `${row.sessionId}/${row.messageIndex}`,
        title: namesOfSession(row).displayName,
        note: `${row.role} · message ${row.messageIndex}`,
        snippet: textSnippet(row.excerpt, pattern),
      }),
    }))
  },
}

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

function askedOf({ text }: SearchText): SearchQuery["asked"] {
  if (text === "") return { words: [], phrases: [] }
  const words = wordsOf(text)
  const [only, ...more] = words
  const exact = withoutQuotes(text)
  const folded = (quoted: boolean) => words.flatMap((word) => (word.quoted === quoted && foldText(word.text)) || [])
  return {
    ...{ name: foldText(exact), exact, words: folded(false), phrases: folded(true) },
    code: foldText(only?.quoted && more.length === 0 ? only.text : text),
  }
}

/** Runs so many at a time, the last of them first, which takes the longest; rejects with the first failure. */
async function someAtOnce<T, R>(items: T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const left = [...items.entries()]
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) results[next[0]] = await run(next[1])
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
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
      const found = await someAtOnce(kinds, async (kind) => {
        const window = { after: placeFor(kind, cursor), limit: limit + 1 }
        const rows = await finders[kind](ctx.database.db, { asked: askedOf(search), filter, window }, search.text)
        return rows.map((row): Found => ({ ...row, kind }))
      })
      const counts = kinds.map((kind, place) => {
        const count = found[place]?.[0]?.found ?? 0
        return [kind, { count, more: count >= searchDepth }]
      })
      const rows = found.flatMap((ofKind) => (perKind ? ofKind.slice(0, limit) : ofKind)).sort(byRank)
      const page = perKind ? rows : rows.slice(0, limit)
      const last = page.at(-1)
      return {
        items: page.map(({ kind, rank, at, hit }) => ({ kind, ...hit(), rank, at })),
        counts: cursor ? null : Object.fromEntries(counts),
        nextCursor: last && rows.length > page.length ? encodeCursor([last.rank, last.at, last.kind, last.key]) : null,
      }
    }),
} satisfies TRPCRouterRecord
