import type { Client, Outputs } from "@strudel-agent/client/client"
import { count } from "@strudel-agent/importer/count"
import { printable, printableLine } from "@strudel-agent/importer/printable"
import type { Run } from "../run.ts"
import { moment } from "../terminal/words.ts"

type Session = Outputs["session"]["byId"]
export type Message = Outputs["message"]["list"]["messages"][number]

const largestPage = 200

export async function showSession(run: Run, id: string, limit: number): Promise<void> {
  const client = await run.connect()
  const session = await client.session.byId.query({ id })
  const messages = await lastMessages(client, id, limit)
  run.print({
    json: () => ({ session, messages }),
    text: () => [...sessionLines(session, messages.length), ...messages.flatMap(messageLines), ""].join("\n"),
  })
}

/** The last messages of a session in the order in which they were said. */
export async function lastMessages(client: Client, sessionId: string, limit: number): Promise<Message[]> {
  const messages: Message[] = []
  for (let before: number | undefined, hasMore = true; hasMore && messages.length < limit; ) {
    const rest = Math.min(largestPage, limit - messages.length)
    const page = await client.message.list.query({ sessionId, limit: rest, before })
    messages.unshift(...page.messages)
    before = page.messages[0]?.messageIndex
    hasMore = page.hasMore
  }
  return messages
}

function sessionLines(session: Session, shown: number): string[] {
  const { displayName, id, agentName, modelName, status, projectId, itemType, itemId, messageCount } = session
  const item = itemType ? `${itemType} ${itemId ?? ""}`.trim() : ""
  const facts = [status, agentName, modelName, projectId, item, moment(session.lastActivity)].filter(Boolean)
  const last = shown < messageCount ? `, the last ${shown} of them` : ""
  return [printableLine(displayName), id, printableLine(facts.join(" · ")), `${count(messageCount, "message")}${last}`]
}

/** A message as lines for people. */
export function messageLines({ messageIndex, role, timestamp, content, codeChanges }: Message): string[] {
  const changes = codeChanges === undefined ? [] : Array.isArray(codeChanges) ? codeChanges : [codeChanges]
  return [
    "",
    `── ${messageIndex} · ${role} · ${moment(timestamp)}`,
    printable(content),
    ...changes.map(({ item_type, item_id, project_id }) => {
      const item = [item_type ?? "code", item_id, project_id && `of ${project_id}`].filter(Boolean).join(" ")
      return `(changes ${printableLine(item)})`
    }),
  ]
}
