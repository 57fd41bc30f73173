import { pageOf } from "@strudel-agent/contract/paging"
import {
  SequenceRestore,
  SequenceVersionKey,
  SequenceVersionList,
  type StoredSequence,
  type StoredSequenceEntry,
  type StoredSequenceVersion,
  type StoredSequenceVersionDetail,
} from "@strudel-agent/contract/sequence"
import type { Sequences } from "@strudel-agent/library/sequence"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { readHistory, readVersions } from "../page/sequence-page.ts"
import { reader, writer } from "../trpc.ts"

interface Kind<Sequence, Version, VersionDetail, HistoryEntry> {
  sequences: Sequences
  schemas: {
    Sequence: z.ZodType<Sequence, StoredSequence>
    Version: z.ZodType<Version, StoredSequenceVersion>
    VersionDetail: z.ZodType<VersionDetail, StoredSequenceVersionDetail>
    HistoryEntry: z.ZodType<HistoryEntry, StoredSequenceEntry>
  }
}

/** What the sequences of a kind were: their versions, what each changed, and the way back to them. */
export function sequenceHistoryRouter<Sequence, Version, VersionDetail, HistoryEntry>({
  sequences,
  schemas,
}: Kind<Sequence, Version, VersionDetail, HistoryEntry>) {
  return {
    /** The versions of one, the newest first. */
    versions: reader
      .input(SequenceVersionList)
      .output(pageOf(schemas.Version))
      .query(({ ctx, input }) => readVersions(ctx.database.db, sequences, input)),

    version: reader
      .input(SequenceVersionKey)
      .output(schemas.VersionDetail)
      .query(({ ctx, input }) => sequences.readVersion(ctx.database.db, input)),

    /** The versions of one without texts and parts, the newest first: what each changed and where it came from. */
    history: reader
      .input(SequenceVersionList)
      .output(pageOf(schemas.HistoryEntry))
      .query(({ ctx, input }) => readHistory(ctx.database.db, sequences, input)),

    /** Makes a former version the next one; refused where parts of it are gone, unless they are to be left out. */
    restore: writer
      .input(SequenceRestore)
      .output(schemas.Sequence)
      .mutation(({ ctx, input }) => sequences.restore(ctx.database.db, input)),
  } satisfies TRPCRouterRecord
}
