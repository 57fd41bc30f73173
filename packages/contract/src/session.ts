import { answerers, changeModes, sessionItemTypes, sessionStatuses } from "@strudel-agent/database/kinds"
import { z } from "zod"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { MessageRole } from "./message.ts"
import { Cursor, pageFields, pageOf } from "./paging.ts"
import { Name, nameText, PastMoment, Slug, shortText, Timestamp, Uuid, wholeNumber } from "./text.ts"

export const SessionStatus = z.enum(sessionStatuses)
export type SessionStatus = z.infer<typeof SessionStatus>

export const SessionItemType = z.enum(sessionItemTypes)
export type SessionItemType = z.infer<typeof SessionItemType>

/** Who answers what a person writes: nobody, the agent of this installation, or a program elsewhere. */
export const AnsweredBy = z.enum(answerers)
export type AnsweredBy = z.infer<typeof AnsweredBy>

/** Whether that agent's changes of the library are made at once, or wait for a person. */
export const ChangeMode = z.enum(changeModes)
export type ChangeMode = z.infer<typeof ChangeMode>

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
    /** A session of a talk that was held before is answered by nobody unless told. */
    answeredBy: AnsweredBy.optional(),
    changeMode: ChangeMode.optional(),
    name: Name.nullish(),
    /** When a talk that was held before began: its session is idle, and was last active then until it has messages. */
    createdAt: PastMoment.optional(),
    metadata: Metadata.default({}),
  })
  .refine(aboutItem, aboutItemProblem)
export type SessionCreate = z.infer<typeof SessionCreate>

export const SessionSort = z.enum(["activity", "created", "messages"])
export type SessionSort = z.infer<typeof SessionSort>

/** Years that PostgreSQL, JavaScript and ISO 8601 write alike. */
const isPlainYear = (text: string) => /^(19[7-9]|[2-9]\d)\d/.test(text)

/** An ISO 8601 date with its day in UTC, or a date and time with offset, of the years 1970 to 9999. */
export const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "must be an ISO 8601 date, or date and time with offset",
  })
  .refine(isPlainYear, "must lie in the years 1970 to 9999")

/** What a list of sessions is filtered by. */
const filterFields = {
  status: SessionStatus.optional(),
  agentName: origin.agentName.optional(),
  projectId: Slug.optional(),
  itemType: SessionItemType.optional(),
  itemId: Slug.optional(),
  tag: shortText(limits.search).optional(),
  /** Sessions whose metadata contains this object. */
  metadata: Metadata.optional(),
  /** A part of the session's name, in any case. */
  q: shortText(limits.search).optional(),
  /** Sessions that were active at this moment or later; a date is the beginning of its day in UTC. */
  activeFrom: Moment.optional(),
  /** Sessions that were last active before this moment; a date is the end of its day in UTC. */
  activeTo: Moment.optional(),
  /** Sessions that grew since somebody last looked at their end. */
  unseen: z.boolean().optional(),
  /** Sessions whose agent proposed changes that wait for a person. */
  waiting: z.boolean().optional(),
}

export const SessionList = z
  .object({
    ...filterFields,
    /** The last active, the last created or the longest first; the other way round where `ascending`. */
    sort: SessionSort.default("activity"),
    ascending: z.boolean().default(false),
    /** Whether rows bear a preview of their last message. */
    preview: z.boolean().default(true),
    /** A cursor of this list: only rows up to that place, so that a page is read again just as far as it went. */
    until: Cursor.optional(),
    ...pageFields,
  })
  .refine(aboutItem, aboutItemProblem)
export type SessionList = z.infer<typeof SessionList>

/** Which session to delete; where messages are expected, only one that has as many. */
export const SessionDelete = SessionKey.extend({ expectedMessageCount: wholeNumber(0).optional() })
export type SessionDelete = z.infer<typeof SessionDelete>

export const SessionSetStatus = SessionKey.extend({ status: SessionStatus })
export const SessionRename = SessionKey.extend({ name: Name.nullable() })

export const SessionUpdate = SessionKey.extend({
  status: SessionStatus.optional(),
  modelName: origin.modelName.nullish(),
  provider: origin.provider.nullish(),
  answeredBy: AnsweredBy.optional(),
  changeMode: ChangeMode.optional(),
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
  /** How many messages there were when somebody last looked at the end. */
  seenCount: z.number().int(),
  answeredBy: AnsweredBy,
  changeMode: ChangeMode,
  /** How many messages there were behind the last one that this installation's agent is to answer. */
  askedCount: z.number().int(),
  /** As many as its last run took up: where they are fewer, an answer is to come. */
  takenCount: z.number().int(),
  metadata: StoredMetadata,
  lastActivity: Timestamp,
  createdAt: Timestamp,
})
export type Session = z.infer<typeof Session>

/** The last message's role, and at most 160 characters of what it says. */
export const SessionPreview = z.object({ role: z.string().pipe(MessageRole), content: z.string() })

/** A session of a list; its preview is null where it has no message or none was asked for. */
export const ListedSession = Session.extend({
  preview: SessionPreview.nullable(),
  /** Whether this installation's agent is at work in it, or about to be. */
  isAnswering: z.boolean(),
  /** How many changes that its agent proposed wait for a person. */
  waitingCount: z.number().int(),
})
export type ListedSession = z.infer<typeof ListedSession>

export const SessionPage = pageOf(ListedSession)

export const SessionMarkSeen = SessionKey.extend({ count: wholeNumber(0) })
export const SessionSeen = SessionKey.extend({ seenCount: z.number().int() })

/** The filters that are set. */
export const SessionFacetList = z.object(filterFields).refine(aboutItem, aboutItemProblem).optional()
export type SessionFilter = NonNullable<z.infer<typeof SessionFacetList>>

const count = { count: z.number().int() }

/**
 * What the last active sessions that pass the filters are about and how often, the most frequent first: choices of
 * filters. Of what one value is chosen, all its values are counted.
 */
export const SessionFacets = z.object({
  projects: z.array(z.object({ projectId: z.string(), ...count })),
  agents: z.array(z.object({ agentName: z.string(), ...count })),
  items: z.array(
    z.object({ itemType: SessionItemType, itemId: z.string(), projectId: z.string().nullable(), ...count }),
  ),
  tags: z.array(z.object({ tag: z.string(), ...count })),
})
export type SessionFacets = z.infer<typeof SessionFacets>

/** What pages read out of a session's metadata; anything of another shape is passed over. */
export const SessionFacts = z.object({
  name: z.string().min(1).nullable().catch(null),
  tags: z.array(z.string()).catch([]),
})
