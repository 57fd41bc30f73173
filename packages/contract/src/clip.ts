import { z } from "zod"
import { clipSorts, soundNames } from "./clip/sound-words.ts"
import { ClipAnalysis, ClipState, pictureField, stateFields } from "./clip/state.ts"
import { expectedFields } from "./expected.ts"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { longText, Name, Slug, shortText, Timestamp, wholeNumber } from "./text.ts"
import { originFields, VersionChange, VersionOrigin, versionFields } from "./version.ts"

export const ClipKey = z.object({ projectId: Slug, id: Slug })
export type ClipKey = z.infer<typeof ClipKey>

/** A clip by its id alone where only one project owns it. */
export const ClipFind = z.object({ id: Slug, projectId: Slug.optional() })

const fields = {
  name: Name,
  code: longText(limits.codeBytes),
  metadata: Metadata,
}

export const ClipCreate = ClipKey.extend({
  name: fields.name,
  code: fields.code,
  metadata: fields.metadata.default({}),
  origin: VersionOrigin.optional(),
})
export type ClipCreate = z.infer<typeof ClipCreate>

export const ClipUpdate = ClipKey.extend({
  name: fields.name.optional(),
  code: fields.code.optional(),
  /** Takes the place of what is stored. */
  metadata: fields.metadata.optional(),
  origin: VersionOrigin.optional(),
  /** Another state refuses with CLIP_CHANGED. */
  ...expectedFields,
})
export type ClipUpdate = z.infer<typeof ClipUpdate>

export const ClipDelete = ClipKey.extend(expectedFields)

export const ClipSort = z.enum(clipSorts)
export type ClipSort = z.infer<typeof ClipSort>

/** What a clip sounds like, in a word. */
export const SoundWord = z.enum(soundNames)

const Bpm = z.number().min(0, "at least 0").max(10_000, "at most 10,000")

export const ClipList = z.object({
  projectId: Slug.optional(),
  /** A part of the name or of the code, in any case. */
  q: shortText(limits.search).optional(),
  tag: shortText(limits.search).optional(),
  /** Tags that a clip bears all of. */
  tags: z.array(shortText(limits.search)).max(limits.tags, `at most ${limits.tags} tags`).optional(),
  /** Whether a clip bears no tag. */
  untagged: z.boolean().optional(),
  bpmMin: Bpm.optional(),
  bpmMax: Bpm.optional(),
  scale: shortText(limits.search).optional(),
  color: shortText(limits.search).optional(),
  author: shortText(limits.search).optional(),
  /** Whether a song uses it. */
  used: z.boolean().optional(),
  /** Any of these: ["fails"] are those that do not play. */
  state: z.array(ClipState).max(ClipState.options.length).optional(),
  /** What it sounds like: all of these. Clips that are not measured are none. */
  sound: z.array(SoundWord).max(SoundWord.options.length).optional(),
  /** By loudness, brightness and density with the most first, and what is not measured last. */
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
  ...stateFields,
})
export type Clip = z.infer<typeof Clip>

export const ClipPage = pageOf(Clip)

/** A clip, the songs that it stands in, and what it plays. */
export const ClipDetail = Clip.extend({
  songs: z.array(z.object({ id: Slug, name: z.string() })),
  ...pictureField,
  /** Null until the server has listened to it. */
  analysis: ClipAnalysis.nullable(),
  /** How loud it is, in LUFS, and its true peak in decibels of full scale; null where that is not measured. */
  level: z.object({ loudness: z.number(), peak: z.number() }).nullable(),
})
export type ClipDetail = z.infer<typeof ClipDetail>

export const ClipVersionKey = ClipKey.extend({ version: wholeNumber(1) })

/** A clip's picture as it is, or as it was at a version. */
export const ClipPictureKey = ClipKey.extend({ version: wholeNumber(1).optional() })

export const ClipPicture = z.object({ version: z.number().int(), ...pictureField })

export const ClipVersionList = ClipKey.extend(pageFields)
export type ClipVersionList = z.infer<typeof ClipVersionList>

export const ClipVersion = z.object({ ...versionFields, clipId: Slug, code: z.string(), ...stateFields })
export type ClipVersion = z.infer<typeof ClipVersion>

export const ClipVersionPage = pageOf(ClipVersion)

/** A version without its code: what it changed and where it came from. */
export const ClipHistoryEntry = ClipVersion.omit({ code: true, metadata: true }).extend({
  /** Null for the first version. */
  change: VersionChange.nullable(),
  /** What became of its sound since the version before, in a few words each; null where either is not measured. */
  sound: z.array(z.string()).nullable(),
  ...originFields,
  ...pictureField,
})
export type ClipHistoryEntry = z.infer<typeof ClipHistoryEntry>

export const ClipHistoryPage = pageOf(ClipHistoryEntry)

/** The versions of clips that came from one message. */
export const ClipVersionsOfMessage = z.object({
  items: z.array(
    ClipVersion.omit({
      ...{ code: true, metadata: true, sessionId: true, messageIndex: true, state: true, problem: true },
    }),
  ),
})

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
