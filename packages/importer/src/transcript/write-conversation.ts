import type { Client } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import type { ForkOrigin } from "@strudel-agent/contract/session/fork"
import { Imported } from "@strudel-agent/contract/session/import"
import { shortName } from "./conversation-name.ts"
import type { ConversationOptions, Telling } from "./conversation-options.ts"
import { type ConversationTimes, timesOf } from "./conversation-times.ts"
import { inBatches } from "./message-batches.ts"
import type { Place } from "./place-conversation.ts"
import type { Session } from "./stored-conversations.ts"
import type { StoredReport } from "./transcript-report.ts"
import { importedOf } from "./whose-conversation.ts"

interface Writing {
  place: Place
  telling: Telling
  options: ConversationOptions
}

/** Stores a conversation at its place, and counts in the report what it has stored. */
export async function writeConversation(client: Client, report: StoredReport, writing: Writing): Promise<void> {
  const { place, telling, options } = writing
  const times = timesOf(telling.transcript, telling.conversation.messages, options.fileTime)
  if (!place.session) await create(client, times, writing)
  await append(client, report, { times, ...writing })
  for (const { session, messageIndex } of place.forks) {
    const forked_from: ForkOrigin = { session_id: place.id, message_index: messageIndex }
    await client.session.update.mutate({ id: session.id, metadata: { forked_from } })
  }
  if (place.session && !report.interrupted) await describe(client, report, { session: place.session, ...writing })
}

function originOf({ kinship }: Place, { origin }: Telling): ForkOrigin | undefined {
  if (origin) return origin
  if (kinship?.kind !== "fork") return undefined
  return { session_id: kinship.session.id, message_index: kinship.messageIndex }
}

async function create(
  client: Client,
  { began }: ConversationTimes,
  { place, telling, options }: Writing,
): Promise<void> {
  const { tags, name, modelName, ...session } = options.session
  const { transcript, conversation, called, isBranch } = telling
  const origin = originOf(place, telling)
  const imported: Imported = name || isBranch ? conversation.imported : { ...conversation.imported, name: called }
  await client.session.create.mutate({
    ...session,
    id: place.id,
    createdAt: began,
    modelName: modelName ?? (shortName(transcript.model ?? "", limits.modelName) || undefined),
    ...(name ? { name } : {}),
    metadata: {
      ...(name ? {} : { name: called, created_by_user: false }),
      ...(tags.length > 0 ? { tags } : {}),
      ...(transcript.fileName ? { imported_from: transcript.fileName } : {}),
      ...(origin ? { forked_from: origin } : {}),
      imported,
    },
  })
}

async function append(
  client: Client,
  report: StoredReport,
  { place, telling, options, times }: Writing & { times: ConversationTimes },
): Promise<void> {
  const { signal, progress } = options
  const { conversation } = telling
  const { fresh, firstIndex } = place
  const { session, counts } = report
  for (const messages of inBatches(fresh)) {
    if (signal?.aborted) {
      report.interrupted = true
      return
    }
    progress.show(counts.appended, fresh.length, session.name)
    const at = conversation.messages.findIndex(({ message }) => message === messages[0])
    const history = {
      saidAt: times.before(at),
      ...(firstIndex === undefined ? {} : { firstIndex: firstIndex + counts.appended }),
    }
    await client.message.append.mutate({ sessionId: session.id, messages, history })
    counts.appended += messages.length
  }
}

/** Brings up to date what a session says of its conversation, and its name where nobody but imports chose it. */
async function describe(
  client: Client,
  report: StoredReport,
  { session, ...writing }: Writing & { session: Session },
): Promise<void> {
  const { id } = session
  const before = importedOf(session)
  const naming = await nameAnew(client, session, writing)
  const imported = describedAnew(before, writing)
  if (naming) {
    delete imported.name
    if (!naming.created_by_user) imported.name = naming.name
  }
  if (!naming && isSame(before, imported)) return
  const { displayName } = await client.session.update.mutate({ id, metadata: { ...naming, imported } })
  report.session.name = displayName
}

const isSame = (before: Imported | undefined, after: Imported): boolean =>
  before !== undefined && JSON.stringify(Imported.parse(before)) === JSON.stringify(Imported.parse(after))

function describedAnew(before: Imported | undefined, { place, telling }: Writing): Imported {
  const { imported: own } = telling.conversation
  const mixed: Pick<Imported, "mixed"> = place.firstIndex === undefined ? { mixed: true } : {}
  if (!before) return { ...own, ...mixed }
  const { format, identity } = own.identity === undefined ? before : own
  // An older copy of a conversation says less of it than what is stored.
  const words = place.fresh.length > 0 ? { ...before, ...own } : { ...own, ...before }
  return { ...words, format, ...(identity === undefined ? {} : { identity }), ...mixed }
}

interface Naming {
  name: string
  created_by_user: boolean
}

/** What a session is to be called; undefined where it keeps its name. */
async function nameAnew(
  client: Client,
  { id, name: stored, metadata }: Session,
  { place, telling, options }: Writing,
): Promise<Naming | undefined> {
  const { name } = options.session
  if (name) return name === stored ? undefined : { name, created_by_user: true }
  const before = Imported.safeParse(metadata.imported).data?.name
  const isOlderCopy = place.others > 0
  if (before === undefined || before === telling.called || telling.isBranch || isOlderCopy) return undefined
  // Somebody may have named it since it was looked for.
  const current = await client.session.byId.query({ id })
  return current.name === before ? { name: telling.called, created_by_user: false } : undefined
}
