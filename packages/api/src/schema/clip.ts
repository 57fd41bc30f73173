import { z } from "zod"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { longText, Name, Slug, shortText, Timestamp, Uuid, wholeNumber } from "./text.ts"

export const ClipKey = z.object({ projectId: Slug, id: Slug })
export type ClipKey = z.infer<typeof ClipKey>

/** A clip by its id alone where only one project owns it. */
export const ClipFind = z.object({ id: Slug, projectId: Slug.optional() })

const fields = {
  name: Name,
  code: longText(limits.codeBytes),
  metadata: Metadata,
}

/** The message that a version came from. */
export const ClipOrigin = z.object({ sessionId: Uuid, messageIndex: wholeNumber(0).optional() })
export type ClipOrigin = z.infer<typeof ClipOrigin>

export const ClipCreate = ClipKey.extend({
  name: fields.name,
  code: fields.code,
  metadata: fields.metadata.default({}),
  origin: ClipOrigin.optional(),
})
export type ClipCreate = z.infer<typeof ClipCreate>

export const ClipUpdate = ClipKey.extend({
  name: fields.name.optional(),
  code: fields.code.optional(),
  /** Takes the place of what is stored. */
  metadata: fields.metadata.optional(),
  origin: ClipOrigin.optional(),
  /** The version that the change was made on; another stored version refuses it with CLIP_CHANGED. */
  expectedVersion: wholeNumber(1).optional(),
})
export type ClipUpdate = z.infer<typeof ClipUpdate>

export const ClipSort = z.enum(["updated", "name"])
export type ClipSort = z.infer<typeof ClipSort>

const Bpm = z.number().min(0, "at least 0").max(10_000, "at most 10,000")

export const ClipList = z.object({
  projectId: Slug.optional(),
  /** A part of the name or of the code, in any case. */
  q: shortText(limits.search).optional(),
  tag: shortText(limits.search).optional(),
  bpmMin: Bpm.optional(),
  bpmMax: Bpm.optional(),
  scale: shortText(limits.search).optional(),
  sort: ClipSort.default("updated"),
  ...pageFields,
})
export type ClipList = z.infer<typeof ClipList>

export const Clip = z.object({
  projectId: Slug,
  id: Slug,
  name: z.string(),
  code: z.string(),
  metadata: StoredMetadata,
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Clip = z.infer<typeof Clip>

export const ClipPage = pageOf(Clip)

/** A clip and the songs that it stands in. */
export const ClipDetail = Clip.extend({ songs: z.array(z.object({ id: Slug, name: z.string() })) })
export type ClipDetail = z.infer<typeof ClipDetail>

export const ClipVersionKey = ClipKey.extend({ version: wholeNumber(1) })

export const ClipVersionList = ClipKey.extend(pageFields)
export type ClipVersionList = z.infer<typeof ClipVersionList>

export const ClipVersion = z.object({
  projectId: Slug,
  clipId: Slug,
  version: z.number().int(),
  name: z.string(),
  code: z.string(),
  metadata: StoredMetadata,
  sessionId: Uuid.nullable(),
  messageIndex: z.number().int().nullable(),
  createdAt: Timestamp,
})
export type ClipVersion = z.infer<typeof ClipVersion>

export const ClipVersionPage = pageOf(ClipVersion)

/** What pages read out of a clip's metadata; anything of another shape is passed over. */
export const ClipFacts = z.object({
  bpm: z.number().positive().optional().catch(undefined),
  scale: z.string().optional().catch(undefined),
  tags: z.array(z.string()).catch([]),
  color: z
    .string()
    .regex(/^#[0-9a-f]{3,8}$/i)
    .optional()
    .catch(undefined),
  description: z.string().optional().catch(undefined),
  author: z.string().optional().catch(undefined),
})
export type ClipFacts = z.infer<typeof ClipFacts>
