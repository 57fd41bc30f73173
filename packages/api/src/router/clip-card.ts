import type { Db } from "@strudel-agent/database/client"
import {
  type ClipCardRow,
  listClipCards,
  listClipFacets,
  listClipGroups,
  listClipUses,
} from "@strudel-agent/database/queries/clip-card"
import type { TRPCRouterRecord } from "@trpc/server"
import { conditionOf, filterOf, placeOf } from "../clip-filter.ts"
import { codeStart } from "../code-start.ts"
import { toPage } from "../cursor.ts"
import { ClipFacts } from "../schema/clip.ts"
import {
  ClipCardList,
  ClipCardPage,
  ClipFacetList,
  ClipFacets,
  ClipGroupList,
  ClipGroups,
} from "../schema/clip-bulk.ts"
import { reader } from "../trpc.ts"

const keyOf = ({ projectId, id }: { projectId: string; id: string }) => `${projectId}/${id}`

async function present(db: Db, rows: ClipCardRow[]) {
  const uses = new Map<string, { id: string; name: string }[]>()
  for (const { songId, songName, ...clip } of await listClipUses(db, rows)) {
    const songs = uses.get(keyOf(clip)) ?? []
    uses.set(keyOf(clip), [...songs, { id: songId, name: songName }])
  }
  return rows.map(({ code, metadata, ...row }) => ({
    ...row,
    codeStart: codeStart(code),
    facts: ClipFacts.parse(metadata),
    songs: uses.get(keyOf(row)) ?? [],
  }))
}

/** What a library of clips shows: rows without their whole code, groups, and what there is to choose from. */
export const clipCardRouter = {
  /** The clips of `list` with the beginning of their code and the songs that use them. */
  cards: reader
    .input(ClipCardList)
    .output(ClipCardPage)
    .query(async ({ ctx, input }) => {
      const { db } = ctx.database
      const { items, nextCursor } = toPage(await listClipCards(db, filterOf(input)), input.limit, placeOf(input.sort))
      return { items: await present(db, items), nextCursor: nextCursor ?? input.until ?? null }
    }),

  /** The projects or tags of the clips that fit, at most 200, and how many of the last changed 10,000 are of each. */
  groups: reader
    .input(ClipGroupList)
    .output(ClipGroups)
    .query(async ({ ctx, input: { by, ...filter } }) => ({
      items: await listClipGroups(ctx.database.db, by, conditionOf(filter)),
    })),

  /** What the last changed 10,000 clips that fit can be filtered by further, at most 200 choices of each kind. */
  facets: reader
    .input(ClipFacetList)
    .output(ClipFacets)
    .query(({ ctx, input }) => listClipFacets(ctx.database.db, conditionOf(input))),
} satisfies TRPCRouterRecord
