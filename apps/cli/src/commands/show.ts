import type { Client, Outputs } from "@strudel-agent/client/client"
import { count } from "@strudel-agent/importer/count"
import { printable, printableLine } from "@strudel-agent/importer/printable"
import { isSlug } from "@strudel-agent/project-folder/paths"
import type { Command } from "commander"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { moment } from "../terminal/words.ts"
import { countArgument, uuidArgument } from "./arguments.ts"

type Session = Outputs["session"]["byId"]
type Message = Outputs["message"]["list"]["messages"][number]

const usualMessages = 20
const largestPage = 200

export function addShow(program: Command, run: Run): void {
  const show = program.command("show").description("show a session or a clip")
  show
    .command("session")
    .description("print a session and its last messages")
    .argument("<id>", "the session's id", uuidArgument)
    .option("--limit <number>", "how many messages at most", countArgument, usualMessages)
    .option("--json", "print one JSON object")
    .action((id: string, options: { limit: number; json?: boolean }) =>
      showSession(run.for(options), id, options.limit),
    )
  show
    .command("clip")
    .description("print a clip's code")
    .argument("<clip>", "<project>/<id>, or its id alone where one project has it")
    .option("--json", "print the whole clip as one JSON object")
    .action((clip: string, options: { json?: boolean }) => showClip(run.for(options), clip))
}

async function showSession(run: Run, id: string, limit: number): Promise<void> {
  const client = await run.connect()
  const session = await client.session.byId.query({ id })
  const messages = await lastMessages(client, id, limit)
  run.print({
    json: () => ({ session, messages }),
    text: () => [...sessionLines(session, messages.length), ...messages.flatMap(messageLines), ""].join("\n"),
  })
}

/** The last messages of a session in the order in which they were said. */
async function lastMessages(client: Client, sessionId: string, limit: number): Promise<Message[]> {
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

function messageLines({ messageIndex, role, timestamp, content, codeChanges }: Message): string[] {
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

async function showClip(run: Run, name: string): Promise<void> {
  const [id = "", projectId, ...rest] = name.split("/").reverse()
  if (!isSlug(id) || (projectId !== undefined && !isSlug(projectId)) || rest.length > 0) {
    throw new UsageError(`"${name}" names no clip: it looks like house/kick.`)
  }
  const client = await run.connect()
  const clip = await client.clip.find.query({ id, projectId })
  // A file gets the code as it is, a terminal nothing that it would act upon.
  const text = () => (run.io.stdout.isTTY ? `${printable(clip.code).trimEnd()}\n` : clip.code)
  run.print({ json: () => clip, text })
}
