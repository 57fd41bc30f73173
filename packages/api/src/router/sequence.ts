import { pageOf } from "@strudel-agent/contract/paging"
import {
  SequenceDelete,
  SequenceFind,
  SequenceKey,
  SequenceList,
  type StoredSequence,
} from "@strudel-agent/contract/sequence"
import type { Db } from "@strudel-agent/database/client"
import type { NewSequence, SequenceChange, Sequences } from "@strudel-agent/library/sequence"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { readSequences } from "../page/sequence-page.ts"
import { reader, writer } from "../trpc.ts"

interface Kind<Create, Update, Arrange, Sequence, More extends object, Detail> {
  sequences: Sequences
  schemas: {
    Create: z.ZodType<NewSequence, Create>
    Update: z.ZodType<SequenceChange, Update>
    Arrange: z.ZodType<SequenceChange, Arrange>
    Sequence: z.ZodType<Sequence, StoredSequence>
    Detail: z.ZodType<Detail, StoredSequence & More>
  }
  /** What is told of a sequence besides what is stored of it. */
  readMore(db: Db, key: SequenceKey): Promise<More>
}

/** What can be done with the sequences of a kind. */
export function sequenceRouter<Create, Update, Arrange, Sequence, More extends object, Detail>({
  sequences,
  schemas,
  readMore,
}: Kind<Create, Update, Arrange, Sequence, More, Detail>) {
  /** `readMore` reads what the schema takes: the compiler has seen that of each kind. */
  const Output: z.ZodType<Detail, unknown> = schemas.Detail

  async function detail(db: Db, key: SequenceKey) {
    const [row, more] = await Promise.all([sequences.queries.find(db, key), readMore(db, key)])
    return { ...sequences.present(row), ...more }
  }

  return {
    list: reader
      .input(SequenceList)
      .output(pageOf(schemas.Sequence))
      .query(({ ctx, input }) => readSequences(ctx.database.db, sequences, input)),

    byId: reader
      .input(SequenceKey)
      .output(Output)
      .query(({ ctx, input }) => detail(ctx.database.db, input)),

    /** The only one of an id, in whichever project. */
    find: reader
      .input(SequenceFind)
      .output(Output)
      .query(async ({ ctx, input }) => detail(ctx.database.db, await sequences.ownerOf(ctx.database.db, input))),

    /** Creates one; a project that is not there is created with its id as name. */
    create: writer
      .input(schemas.Create)
      .output(schemas.Sequence)
      .mutation(({ ctx, input }) => sequences.create(ctx.database.db, input)),

    update: writer
      .input(schemas.Update)
      .output(schemas.Sequence)
      .mutation(({ ctx, input }) => sequences.update(ctx.database.db, input)),

    /** Puts parts into one in this order, in place of those it had. */
    arrange: writer
      .input(schemas.Arrange)
      .output(schemas.Sequence)
      .mutation(({ ctx, input }) => sequences.update(ctx.database.db, input)),

    /** Deletes one; refused where something uses it. */
    delete: writer
      .input(SequenceDelete)
      .output(SequenceKey)
      .mutation(({ ctx, input }) => sequences.remove(ctx.database.db, input)),
  } satisfies TRPCRouterRecord
}
