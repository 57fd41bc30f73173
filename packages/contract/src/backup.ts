import { versionedKinds } from "@strudel-agent/database/item-kinds"
import { projectFileItemTypes } from "@strudel-agent/database/kinds"
import { z } from "zod"
import { checkJson, isJsonObject, type JsonObject, Metadata } from "./json.ts"
import { limits } from "./limits.ts"
import { Content } from "./project-file.ts"
import { RunOperationPath } from "./run/operation.ts"
import { RunStep } from "./run/step.ts"
import { RunChangeState, RunFailure, RunState, Sha256 } from "./run.ts"
import { SavedViewPage } from "./saved-view.ts"
import { AnsweredBy, ChangeMode, SessionItemType, SessionStatus } from "./session.ts"
import { longText, Slug, shortText, Uuid, wholeNumber } from "./text.ts"

/** A moment as it is stored, in UTC with milliseconds. */
const Stored = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 date and time with offset" })
  .transform((text) => new Date(text).toISOString())

const Title = shortText(limits.name).min(1, "must not be empty")
const Body = longText(limits.bodyBytes)
const Code = longText(limits.codeBytes)
const Parts = z.array(Slug).max(limits.parts, `at most ${limits.parts}`)
const PartsOnce = shortText(limits.name).array().max(limits.parts, `at most ${limits.parts}`)
const times = { createdAt: Stored, updatedAt: Stored }
const item = { projectId: Slug, id: Slug, name: Title, metadata: Metadata, version: wholeNumber(1) }

const origin = { sessionId: Uuid.nullable(), messageIndex: wholeNumber(0).nullable() }
const hasSession = (value: { sessionId: string | null; messageIndex: number | null }) =>
  value.messageIndex === null || value.sessionId !== null
const noSession = { path: ["sessionId"], message: "is needed where a message is named" }

const Sequence = z.object({ ...item, body: Body, partIds: Parts, ...times })
const SequenceVersion = z
  .object({ ...item, body: Body, partIds: PartsOnce, ...origin, createdAt: Stored })
  .refine(hasSession, noSession)

const Path = longText(limits.pathBytes)
  .min(1, "must not be empty")
  .refine((path) => !/(^|\/)\.\.?(\/|$)|^\//.test(path), "must stay within the project's folder")

/** A JSON object as it is stored, of at most what a call that appends may bring. */
const StoredJson = z.record(z.string(), z.unknown()).transform((value, context): JsonObject => {
  const problem = checkJson(value, limits.requestBytes.append)
  if (!problem && isJsonObject(value)) return value
  context.addIssue({ code: "custom", message: problem ?? "must be a JSON object" })
  return z.NEVER
})

/** What a message says, with whatever its sender added. */
const MessageData = StoredJson.superRefine((value, context) => {
  const missing = ["role", "content", "timestamp"].find((key) => !(key in value))
  if (missing) context.addIssue({ code: "custom", message: `has no ${missing}` })
})

/** What a run wrote. */
const Steps = z
  .array(StoredJson)
  .refine((steps) => z.array(RunStep).safeParse(steps).success, "must be the steps of a run")

/** The procedure that a change of a run is made by, and what it is called with. */
const Operation = z.object({ path: RunOperationPath, input: StoredJson })

/** What an item says: its code, or its parts, one a line, and its text. */
const ItemText = longText(limits.bodyBytes + limits.parts * (limits.name + 1))

const run = { sessionId: Uuid, number: wholeNumber(1) }

/** What a record of each kind says: a row of the library as it is stored, but what listening to its code found. */
export const backupRecords = {
  view: z.object({
    id: Uuid,
    page: SavedViewPage,
    name: shortText(limits.viewName).min(1, "must not be empty"),
    search: shortText(limits.viewSearch),
    ...times,
  }),
  project: z.object({ id: Slug, name: Title, description: Body, metadata: Metadata, ...times }),
  clip: z.object({ ...item, code: Code, ...times }),
  clipVersion: z.object({ ...item, code: Code, ...origin, createdAt: Stored }).refine(hasSession, noSession),
  song: Sequence,
  songVersion: SequenceVersion,
  playlist: Sequence,
  playlistVersion: SequenceVersion,
  file: z
    .object({
      projectId: Slug,
      path: Path,
      content: Content,
      itemType: z.enum(projectFileItemTypes).nullable(),
      itemId: shortText(limits.name).nullable(),
      brokenLinks: z.array(longText(limits.pathBytes * 4)).max(limits.brokenLinks, `at most ${limits.brokenLinks}`),
      ...times,
    })
    .refine(({ itemType, itemId }) => (itemType === null) === (itemId === null), {
      path: ["itemId"],
      message: "stands beside an item type, or neither does",
    }),
  session: z
    .object({
      id: Uuid,
      agentName: shortText(limits.agentName),
      modelName: shortText(limits.modelName).nullable(),
      provider: shortText(limits.provider).nullable(),
      status: SessionStatus,
      projectId: shortText(limits.modelName).nullable(),
      itemType: SessionItemType.nullable(),
      itemId: shortText(limits.modelName).nullable(),
      messageCount: wholeNumber(0),
      seenCount: wholeNumber(0),
      // A backup of before there were agents has neither.
      answeredBy: AnsweredBy.default("external"),
      changeMode: ChangeMode.default("direct"),
      metadata: Metadata,
      lastActivity: Stored,
      ...times,
    })
    .refine(({ itemType, itemId }) => itemId === null || itemType !== null, {
      path: ["itemType"],
      message: "is needed where an item id is given",
    }),
  memoryFile: z.object({
    sessionId: Uuid,
    filePath: shortText(limits.filePath).min(1, "must not be empty"),
    isPrimary: z.boolean(),
    loaded: z.boolean(),
    ...times,
  }),
  message: z.object({
    sessionId: Uuid,
    messageIndex: wholeNumber(0),
    data: MessageData,
    clientId: Uuid.nullable(),
    createdAt: Stored,
  }),
  run: z.object({
    ...run,
    state: RunState,
    askedIndex: wholeNumber(0),
    continues: z.boolean(),
    messageIndex: wholeNumber(0).nullable(),
    provider: shortText(limits.provider).nullable(),
    model: shortText(limits.run.model).nullable(),
    promptHash: Sha256.nullable(),
    toolsHash: Sha256.nullable(),
    inputTokens: wholeNumber(0),
    cachedTokens: wholeNumber(0),
    outputTokens: wholeNumber(0),
    cost: z.number().min(0, "at least 0").nullable(),
    steps: Steps,
    failure: RunFailure.nullable(),
    stoppedBy: shortText(100).nullable().default(null),
    createdAt: Stored,
    begunAt: Stored.nullable(),
    endedAt: Stored.nullable(),
  }),
  runChange: z.object({
    ...run,
    callId: shortText(200).min(1, "must not be empty"),
    state: RunChangeState,
    operation: Operation,
    projectId: shortText(limits.name),
    itemType: z.enum(versionedKinds),
    itemId: shortText(limits.name),
    itemName: shortText(limits.name),
    textBefore: ItemText.nullable(),
    textAfter: ItemText.nullable(),
    baseVersion: wholeNumber(1).nullable(),
    version: wholeNumber(1).nullable(),
    createdAt: Stored,
    decidedAt: Stored.nullable(),
  }),
}

export type BackupKind = keyof typeof backupRecords
export type BackupRecord<Kind extends BackupKind = BackupKind> = z.output<(typeof backupRecords)[Kind]>

/** The kinds in the order in which they are stored: what is named comes before what names it. */
export const backupKinds = [
  ...(["view", "project", "clip", "clipVersion", "song", "songVersion", "playlist", "playlistVersion"] as const),
  ...(["file", "session", "memoryFile", "message", "run", "runChange"] as const),
] as const satisfies BackupKind[]

export const BackupKind = z.enum(backupKinds)

/** How many records of each kind there are. */
export const BackupCounts = z.record(BackupKind, z.number().int())
export type BackupCounts = z.infer<typeof BackupCounts>

const { backup } = limits

export const BackupRead = z.object({
  kind: BackupKind,
  limit: z.number().int().min(1, "at least 1").max(backup, `at most ${backup}`).default(backup),
  /** Names a path, of up to 1024 bytes. */
  cursor: z.string().max(4200).nullish(),
})
export type BackupRead = z.output<typeof BackupRead>

/** Records as they are stored: also those that no door of today would store are to be kept. */
export const BackupPage = z.object({
  records: z.array(z.custom<BackupRecord>()),
  nextCursor: z.string().nullable(),
})

const recordsOf = <Kind extends BackupKind>(kind: Kind) =>
  z.object({
    kind: z.literal(kind),
    records: z.array(backupRecords[kind]).min(1, "at least one").max(backup, `at most ${backup}`),
    /** Says what would happen, and does nothing. */
    dryRun: z.boolean().default(false),
  })

/** Records of one kind, in the order of a backup. */
export const BackupRestore = z.discriminatedUnion("kind", [
  recordsOf("view"),
  recordsOf("project"),
  recordsOf("clip"),
  recordsOf("clipVersion"),
  recordsOf("song"),
  recordsOf("songVersion"),
  recordsOf("playlist"),
  recordsOf("playlistVersion"),
  recordsOf("file"),
  recordsOf("session"),
  recordsOf("memoryFile"),
  recordsOf("message"),
  recordsOf("run"),
  recordsOf("runChange"),
])

/** What became of a record: stored, there already, another one of its key is there and stays, or it had no place. */
export const RestoreOutcome = z.enum(["added", "same", "kept", "left"])
export type RestoreOutcome = z.infer<typeof RestoreOutcome>

export const Restored = z.object({ outcome: RestoreOutcome, why: z.string().optional() })
export type Restored = z.infer<typeof Restored>

/** In the order of the records. */
export const BackupRestored = z.object({ records: z.array(Restored) })
