import { reasonOf } from "@strudel-agent/client/reason"
import type { Message } from "@strudel-agent/contract/message"
import type { Run } from "@strudel-agent/contract/run"
import type { Session } from "@strudel-agent/contract/session"
import { type Read, readThing } from "@strudel-agent/tools/read-thing"
import type { ToolContext } from "@strudel-agent/tools/tool"
import { isItem, parseUri, type Thing, uriOf } from "@strudel-agent/tools/uri"
import { budgets, type Conversation, conversationOf, shortened, type Turn } from "./conversation.ts"
import { readMemoryFiles } from "./memory-files.ts"
import { referenceHints } from "./reference-hints.ts"

/** Messages of a page, and runs of the session that are looked at. */
const most = { page: 50, runs: 50, part: 30_000 }

export interface Asked {
  run: Run
  session: Session
  context: ToolContext & { signal: AbortSignal }
}

/** What a model is told before it answers. */
export interface PromptContext {
  /** What stands behind the instructions. */
  surroundings: string
  turns: Turn[]
}

/** The last messages of a session, as many as a conversation has room for. */
async function readMessages({
  session,
  context: { client, signal },
}: Asked): Promise<Pick<Conversation, "messages" | "hasMore">> {
  const messages: Message[] = []
  let room = budgets.full + budgets.shortenedTogether
  let count = 0
  let hasMore = true
  while (hasMore && room > 0 && count < budgets.shortenedTogether / 20) {
    const before = messages[0]?.messageIndex
    const page = await client.message.list.query({ sessionId: session.id, limit: most.page, before }, { signal })
    messages.unshift(...page.messages)
    for (const { content } of page.messages) room -= Math.max(20, Math.min(content.length, budgets.full))
    count += page.messages.length
    hasMore = page.hasMore
  }
  return { messages, hasMore }
}

async function readOrNothing(thing: Thing, context: ToolContext): Promise<Read | undefined> {
  try {
    return await readThing(thing, { detail: false }, context)
  } catch (error) {
    const reason = reasonOf(error)
    if (reason?.endsWith("_NOT_FOUND")) return undefined
    throw error
  }
}

/** What the session, or the message that is answered, is about. */
function itemOf(session: Session, asked: Message | undefined): Thing | undefined {
  const {
    item_type: type = session.itemType,
    item_id: id = session.itemId,
    project_id: project = session.projectId,
  } = asked?.context ?? {}
  if (!type || !id || !project) return undefined
  const thing = parseUri(`strudel://${type}/${encodeURIComponent(project)}/${encodeURIComponent(id)}`)
  return thing && isItem(thing) ? thing : undefined
}

const part = (title: string, text: string): string => `# ${title}\n\n${shortened(text, most.part)}`

/** Reads what a run needs to know. */
export async function readContext(asked: Asked): Promise<PromptContext> {
  const { run, session, context } = asked
  const { client, signal } = context
  const [{ messages, hasMore }, { runs: former }] = await Promise.all([
    readMessages(asked),
    client.run.list.query({ sessionId: session.id, limit: most.runs }, { signal }),
  ])
  const question = messages.find(({ messageIndex }) => messageIndex === run.askedIndex)
  const item = itemOf(session, question)
  const projectId = session.projectId ?? (item && isItem(item) ? item.projectId : null)
  const [read, project, memories] = await Promise.all([
    item && readOrNothing(item, context),
    projectId === null ? undefined : readOrNothing({ kind: "project", id: projectId }, context),
    readMemoryFiles({ client, sessionId: session.id, projectId, signal }),
  ])
  const code = question?.context?.code ?? read?.code ?? ""
  const hints = referenceHints(question?.content ?? "", code)
  const unsaved = question?.context?.code != null && read?.code !== undefined && question.context.code !== read.code
  const mode =
    session.changeMode === "staged"
      ? "Changes of the library are proposed in this session: the person approves or rejects each."
      : "Changes of the library are made at once in this session; deleting is proposed."
  const parts = [
    part("This session", `${uriOf({ kind: "session", id: session.id })}. ${mode}`),
    ...(item ? [part("What it is about", read?.text ?? `${uriOf(item)}, which is not stored.`)] : []),
    ...(unsaved ? [part("Its code as the person has it at the moment, not saved", question?.context?.code ?? "")] : []),
    ...(project ? [part("The project", project.text)] : []),
    ...(memories.length > 0 ? [`# Memory files of the session\n\n${memories.join("\n\n")}`] : []),
    ...(hints.length > 0 ? [part("Entries of the reference", hints.join("\n"))] : []),
  ]
  return { surroundings: parts.join("\n\n"), turns: conversationOf({ messages, hasMore, run, former }) }
}
