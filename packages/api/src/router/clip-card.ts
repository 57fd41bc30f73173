import {
  ClipCardList,
  ClipCardPage,
  ClipFacetList,
  ClipFacets,
  ClipGroupList,
  ClipGroups,
} from "@strudel-agent/contract/clip/bulk"
import { listClipFacets, listClipGroups } from "@strudel-agent/database/queries/clip/facets"
import type { TRPCRouterRecord } from "@trpc/server"
import { conditionOf } from "../clip-filter.ts"
import { readClipCards } from "../page/clip-card-page.ts"
import { pageReader, reader } from "../trpc.ts"

/** What a library of clips shows: rows without their whole code, groups, and what there is to choose from. */
export const clipCardRouter = {
  /** The clips of `list` with the beginning of their code and the songs that use them. */
  cards: pageReader(ClipCardPage)
    .input(ClipCardList)
    .query(({ ctx, input }) => readClipCards(ctx.database.db, input)),

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
