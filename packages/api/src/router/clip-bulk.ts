import { Clip } from "@strudel-agent/contract/clip"
import {
  ClipColorMany,
  ClipDeleteMany,
  ClipDuplicate,
  ClipMoveMany,
  ClipsChanged,
  ClipsDeleted,
  ClipsMoved,
  ClipTagMany,
} from "@strudel-agent/contract/clip/bulk"
import { colorClips, deleteClips, duplicateClip, moveClips, tagClips } from "@strudel-agent/library/clip-bulk"
import type { TRPCRouterRecord } from "@trpc/server"
import { writer } from "../trpc.ts"

/** Calls for many clips at once. Each is one transaction; what it cannot change it leaves as it is and reports. */
export const clipBulkRouter = {
  /** Adds and removes tags; each clip that changes gets a version. */
  tagMany: writer
    .input(ClipTagMany)
    .output(ClipsChanged)
    .mutation(({ ctx, input }) => tagClips(ctx.database.db, input)),

  /** Gives a colour or takes it away; each clip that changes gets a version. */
  colorMany: writer
    .input(ClipColorMany)
    .output(ClipsChanged)
    .mutation(({ ctx, input }) => colorClips(ctx.database.db, input)),

  /** Deletes clips with their versions; those that songs use stay. */
  deleteMany: writer
    .input(ClipDeleteMany)
    .output(ClipsDeleted)
    .mutation(({ ctx, input }) => deleteClips(ctx.database.db, input.keys)),

  /** Moves clips to a project with their versions, the files they came from and the sessions about them. */
  moveMany: writer
    .input(ClipMoveMany)
    .output(ClipsMoved)
    .mutation(({ ctx, input }) => moveClips(ctx.database.db, input)),

  /** Makes a clip of another's name, code and metadata, at its first version. */
  duplicate: writer
    .input(ClipDuplicate)
    .output(Clip)
    .mutation(({ ctx, input }) => duplicateClip(ctx.database.db, input)),
} satisfies TRPCRouterRecord
