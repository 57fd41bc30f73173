import { z } from "zod"
import { Clip, ClipFacts, ClipKey, ClipList } from "../clip.ts"
import { limits } from "../limits.ts"
import { Cursor, pageOf } from "../paging.ts"
import type { Reason } from "../reason.ts"
import { tagChange, withTagChange } from "../tag-change.ts"
import { Name, Slug, Timestamp } from "../text.ts"
import { pictureField, stateFields } from "./state.ts"

/** A song that uses a clip. */
const Use = z.object({ id: Slug, name: z.string() })

/** What a list shows of a clip. */
export const ClipCard = z.object({
  projectId: Slug,
  id: Slug,
  name: z.string(),
  /** The beginning of the code, from the first line that sounds on: at most 600 characters. */
  codeStart: z.string(),
  facts: ClipFacts,
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  ...stateFields,
  ...pictureField,
  /** The songs that use it, at most five. */
  songs: z.array(Use),
})
export type ClipCard = z.output<typeof ClipCard>

export const ClipCardPage = pageOf(ClipCard)

/** Which cards are asked for. */
export const ClipCardList = ClipList.extend({
  /** The cursor of another page, where this one ends at the latest: then that is the next one. */
  until: Cursor.nullish(),
})
export type ClipCardList = z.infer<typeof ClipCardList>

/** What a list of clips is filtered by. */
export const ClipFilter = ClipList.omit({ sort: true, limit: true, cursor: true })
export type ClipFilter = z.infer<typeof ClipFilter>

export const ClipGroupBy = z.enum(["project", "tag"])
export type ClipGroupBy = z.infer<typeof ClipGroupBy>

export const ClipGroupList = ClipFilter.extend({ by: ClipGroupBy })

export const ClipGroups = z.object({
  items: z.array(
    z.object({
      /** A project's id or a tag; null for the clips without a tag. */
      key: z.string().nullable(),
      name: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
})

/** The filters that are set. */
export const ClipFacetList = ClipFilter

const count = z.number().int()

/** What clips can be filtered by, and how many there are of each. */
export const ClipFacets = z.object({
  projects: z.array(z.object({ projectId: Slug, name: z.string(), count })),
  tags: z.array(z.object({ tag: z.string(), count })),
  scales: z.array(z.object({ scale: z.string(), count })),
  colors: z.array(z.object({ color: z.string(), count })),
  authors: z.array(z.object({ author: z.string(), count })),
  bpmMin: z.number().nullable(),
  bpmMax: z.number().nullable(),
})
export type ClipFacets = z.infer<typeof ClipFacets>

const keyText = ({ projectId, id }: ClipKey) => `${projectId}/${id}`

/** Clips that one call changes: 1 to 200, each counted once. */
const ClipKeys = z
  .array(ClipKey)
  .min(1, "at least 1 clip")
  .max(limits.bulk, `at most ${limits.bulk} clips`)
  .transform((keys) => [...new Map(keys.map((key) => [keyText(key), key])).values()])

export const ClipTagMany = withTagChange(z.object({ keys: ClipKeys, ...tagChange }))
export type ClipTagMany = z.infer<typeof ClipTagMany>

export const ClipColorMany = z.object({
  keys: ClipKeys,
  /** Null takes the colour away. */
  color: z
    .string()
    .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, "must be a colour such as #ff8800")
    .nullable(),
})
export type ClipColorMany = z.infer<typeof ClipColorMany>

export const ClipDeleteMany = z.object({ keys: ClipKeys })

export const ClipMoveMany = z.object({
  keys: ClipKeys,
  /** A project that is not there is created with its id as name. */
  toProjectId: Slug,
  /** What becomes of a clip whose id the project has already: it stays where it is, or moves under the next free id. */
  taken: z.enum(["stay", "rename"]).default("stay"),
})
export type ClipMoveMany = z.infer<typeof ClipMoveMany>

export const ClipDuplicate = z.object({
  key: ClipKey,
  /** The clip's own project unless told. */
  toProjectId: Slug.optional(),
  /** The next free id after the clip's own unless told. */
  id: Slug.optional(),
  name: Name.optional(),
})
export type ClipDuplicate = z.infer<typeof ClipDuplicate>

const failures = ["CLIP_NOT_FOUND", "CLIP_IN_USE", "CLIP_EXISTS", "CLIP_METADATA_FULL"] as const satisfies Reason[]

/** A clip that a bulk call left as it was, and why; the others of the call are changed all the same. */
export const ClipBulkFailure = ClipKey.extend({
  reason: z.enum(failures),
  /** Where songs use it, their names, at most five. */
  names: z.array(z.string()).optional(),
})
export type ClipBulkFailure = z.infer<typeof ClipBulkFailure>

/** The clips that were changed, with their versions, and those that were not; one that is as wanted is in neither. */
export const ClipsChanged = z.object({
  clips: z.array(ClipKey.extend({ version: Clip.shape.version })),
  failed: z.array(ClipBulkFailure),
})

export const ClipsDeleted = z.object({ keys: z.array(ClipKey), failed: z.array(ClipBulkFailure) })

/** Where clips were and where they are, and those that stayed. */
export const ClipsMoved = z.object({
  moved: z.array(z.object({ from: ClipKey, to: ClipKey })),
  failed: z.array(ClipBulkFailure),
})
