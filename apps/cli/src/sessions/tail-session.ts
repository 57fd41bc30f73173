import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { exitCodes } from "../exit-code.ts"
import { Refusal } from "../failure.ts"
import type { Run } from "../run.ts"
import { jsonText } from "../terminal/json-text.ts"
import { lastMessages, type Message, messageLines } from "./show-session.ts"

export interface TailOptions {
  lines: number
  follow?: boolean
  json?: boolean
}

/** Prints the last messages of a session and, where it follows, each further one as it comes; a line of JSON each for a program. */
export async function tailSession(run: Run, id: string, { lines, follow, json }: TailOptions): Promise<void> {
  const client = await run.connect()
  await client.session.byId.query({ id })
  const messages = await lastMessages(client, id, Math.max(lines, 1))
  const say = (message: Message) =>
    run.write(json ? `${jsonText(message)}\n` : `${messageLines(message).slice(1).join("\n")}\n`)
  for (const message of lines === 0 ? [] : messages) await say(message)
  if (follow) await followSession(run, client, { id, after: messages.at(-1)?.messageIndex ?? -1, say })
}

interface Following {
  id: string
  after: number
  say: (message: Message) => Promise<void>
}

/** Ends where the user interrupts it or the session goes. */
async function followSession(run: Run, client: Client, { id, after, say }: Following): Promise<void> {
  const signal = run.interruptible({ quietly: true })
  try {
    for await (const message of client.follow(id, { after, signal })) await say(message)
  } catch (error) {
    if (reasonOf(error) !== "SESSION_NOT_FOUND") throw error
    throw new Refusal("SESSION_NOT_FOUND", "The session was deleted.")
  }
  run.exitCode = exitCodes.interrupted
}
