import { logger } from "@strudel/core"

const methods = ["log", "info", "warn", "error", "debug"] as const
const limits = { messages: 20, signs: 300 }

/** Runs `work` and collects what it writes to the console, each message once; nothing reaches the real console. */
export async function listenToConsole<Result>(work: (messages: Set<string>) => Promise<Result>): Promise<Result> {
  const messages = new Set<string>()
  const originals = methods.map((method) => [method, console[method]] as const)
  const listen = (hear: (message: string) => void) => {
    for (const method of methods) console[method] = (first: unknown) => hear(String(first))
  }
  try {
    // Strudel's logger leaves out what it wrote within the last second: after this, that is nothing of an earlier run.
    listen(() => undefined)
    logger("a run begins")
    listen((message) => {
      // It colours its messages with "%c".
      if (messages.size < limits.messages) messages.add(message.replace(/^%c/, "").slice(0, limits.signs))
    })
    return await work(messages)
  } finally {
    for (const [method, original] of originals) console[method] = original
  }
}
