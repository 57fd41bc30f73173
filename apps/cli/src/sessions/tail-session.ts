import type { Client } from "@strudel-agent/client/client"
import { exitCodes } from "../exit-code.ts"
import { Refusal } from "../failure.ts"
import type { Run } from "../run.ts"
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
    run.io.stdout.write(json ? `${JSON.stringify(message)}\n` : `${messageLines(message).slice(1).join("\n")}\n`)
  for (const message of lines === 0 ? [] : messages) say(message)
  if (follow) await followSession(run, client, { id, after: messages.at(-1)?.messageIndex ?? -1, say })
}

interface Following {
  id: string
  after: number
  say: (message: Message) => void
}

/** Ends where the user interrupts it or the session goes; a connection that is lost is opened again and misses nothing. */
async function followSession(run: Run, client: Client, { id, after, say }: Following): Promise<void> {
  const signal = run.interruptible({ quietly: true })
  let isLost = false
  await new Promise<void>((resolve, reject) => {
    const listening = client.live.watch.subscribe(
      { sessions: [{ sessionId: id, after }] },
      {
        onData({ data }) {
          if (data.type === "messages") data.messages.forEach(say)
          if (data.type !== "gone") return
          listening.unsubscribe()
          reject(new Refusal("SESSION_NOT_FOUND", "The session was deleted."))
        },
        onConnectionStateChange({ state, error }) {
          if (error && !isLost) run.note("The connection was lost; it is opened again.")
          isLost = state === "connecting" && (isLost || Boolean(error))
        },
        onError: reject,
      },
    )
    const end = () => {
      listening.unsubscribe()
      run.exitCode = exitCodes.interrupted
      resolve()
    }
    if (signal?.aborted) end()
    signal?.addEventListener("abort", end, { once: true })
  })
}
