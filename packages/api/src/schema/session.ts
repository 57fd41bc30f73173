import { z } from "zod"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { Name, nameText, Slug, shortText, Timestamp, Uuid } from "./text.ts"

export const SessionStatus = z.enum(["active", "idle", "terminated"])
export type SessionStatus = z.infer<typeof SessionStatus>

export const SessionItemType = z.enum(["clip", "song", "playlist", "pack", "chat"])
export type SessionItemType = z.infer<typeof SessionItemType>

export const SessionKey = z.object({ id: Uuid })

const origin = {
  agentName: nameText(limits.agentName),
  modelName: nameText(limits.modelName),
  provider: nameText(limits.provider),
}

const aboutItem = (value: { itemType?: unknown; itemId?: unknown }) => !value.itemId || Boolean(value.itemType)
const aboutItemProblem = { path: ["itemType"], message: "is needed where an item id is given" }

export const SessionCreate = z
  .object({
    id: Uuid.optional(),
    agentName: origin.agentName.default("strudel"),
    modelName: origin.modelName.nullish(),
    provider: origin.provider.nullish(),
    projectId: Slug.nullish(),
    itemType: SessionItemType.nullish(),
    itemId: Slug.nullish(),
    name: Name.nullish(),
    metadata: Metadata.default({}),
  })
  .refine(aboutItem, aboutItemProblem)
export type SessionCreate = z.infer<typeof SessionCreate>

export const SessionList = z
  .object({
    status: SessionStatus.optional(),
    projectId: Slug.optional(),
    itemType: SessionItemType.optional(),
    itemId: Slug.optional(),
    tag: shortText(limits.search).optional(),
    /** Sessions whose metadata contains this object. */
    metadata: Metadata.optional(),
    /** A part of the session's name, in any case. */
    q: shortText(limits.search).optional(),
    ...pageFields,
  })
  .refine(aboutItem, aboutItemProblem)
export type SessionList = z.infer<typeof SessionList>

export const SessionSetStatus = SessionKey.extend({ status: SessionStatus })
export const SessionRename = SessionKey.extend({ name: Name.nullable() })

export const SessionUpdate = SessionKey.extend({
  status: SessionStatus.optional(),
  modelName: origin.modelName.nullish(),
  provider: origin.provider.nullish(),
  /** Merged into what is stored, key by key. */
  metadata: Metadata.optional(),
})
export type SessionUpdate = z.infer<typeof SessionUpdate>

export const Session = z.object({
  id: Uuid,
  agentName: z.string(),
  modelName: z.string().nullable(),
  provider: z.string().nullable(),
  status: SessionStatus,
  projectId: z.string().nullable(),
  itemType: SessionItemType.nullable(),
  itemId: z.string().nullable(),
  name: z.string().nullable(),
  displayName: z.string(),
  messageCount: z.number().int(),
  metadata: StoredMetadata,
  lastActivity: Timestamp,
  createdAt: Timestamp,
})
export type Session = z.infer<typeof Session>

export const SessionPage = pageOf(Session)

/** What pages read out of a session's metadata; anything of another shape is passed over. */
export const SessionFacts = z.object({
  name: z.string().min(1).nullable().catch(null),
  tags: z.array(z.string()).catch([]),
})
