import { z } from "zod"
import { ClipCreate, ClipDelete, ClipUpdate, ClipVersionKey } from "../clip.ts"
import { playlistSchemas } from "../playlist.ts"
import { SequenceDelete, SequenceRestore } from "../sequence.ts"
import { songSchemas } from "../song.ts"

const operation = <Path extends string, Input extends z.ZodType>(path: Path, input: Input) =>
  z.object({ path: z.literal(path), input })

/** The changes that an agent makes of the library: the path of each procedure, and what that takes. */
export const RunOperation = z.discriminatedUnion("path", [
  operation("clip.create", ClipCreate),
  operation("clip.update", ClipUpdate),
  operation("clip.restore", ClipVersionKey),
  operation("clip.delete", ClipDelete),
  operation("song.create", songSchemas.Create),
  operation("song.update", songSchemas.Update),
  operation("song.restore", SequenceRestore),
  operation("song.delete", SequenceDelete),
  operation("playlist.create", playlistSchemas.Create),
  operation("playlist.update", playlistSchemas.Update),
  operation("playlist.restore", SequenceRestore),
  operation("playlist.delete", SequenceDelete),
])
export type RunOperation = z.infer<typeof RunOperation>

/** The paths of the operations. */
export const RunOperationPath = z.enum(RunOperation.options.map(({ shape }) => shape.path.value))
export type RunOperationPath = RunOperation["path"]
