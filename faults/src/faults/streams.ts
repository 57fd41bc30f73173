import { setTimeout as sleep } from "node:timers/promises"
import { createClient } from "@strudel-agent/client/client"
import type { Fault } from "../fault.ts"
import { growthIn, inMegabytes, memoryOf } from "../memory.ts"
import { productIn } from "../product.ts"
import { openStream } from "../stream.ts"
import { quantile, until } from "../waiting.ts"
import { openSessions } from "../writers.ts"

/** Milliseconds between two messages that everybody hears, and between two large ones that are read by nobody. */
const pause = 200
const largePause = 400
const large = "x".repeat(250_000)
/** Milliseconds in which nineteen of twenty messages have to be with their readers. */
const most = 200

/** Many live streams, some of which never read, while messages come. */
export const streams: Fault = {
  name: "streams",
  what: "live streams follow a session, some of which never read, while messages are appended",
  async run(place, { streams: count, silentStreams, streamSeconds, timed }) {
    const { url } = await productIn(place)
    const [followed = "", unread = ""] = await openSessions(url, 2)
    const client = createClient({ url })
    const append = (sessionId: string, content: string) =>
      client.message.append.mutate({ sessionId, messages: [{ role: "user", content }] })

    const delays: number[] = []
    const heard: number[] = []
    const open = Array.from({ length: count }, (_, number) => {
      const isSilent = number < silentStreams
      const after = -1
      const sessions = [{ sessionId: followed, after }, ...(isSilent ? [{ sessionId: unread, after }] : [])]
      const input = { sessions, library: true }
      if (isSilent) return openStream(url, number, { input })
      heard[number] = 0
      return openStream(url, number, {
        input,
        onText(content) {
          heard[number] = (heard[number] ?? 0) + 1
          delays.push(performance.now() - Number(content))
        },
      })
    })
    place.onLeave(() => {
      for (const { request } of open) request.destroy()
    })
    await Promise.all(open.map(({ opened }) => opened))

    const end = performance.now() + streamSeconds * 1000
    const every = async (milliseconds: number, work: () => Promise<unknown>): Promise<number> => {
      let times = 0
      for (let next = performance.now(); performance.now() < end; times++) {
        next += milliseconds
        await work()
        await sleep(Math.max(0, next - performance.now()))
      }
      return times
    }
    const memory: number[] = []
    const [sent, sentUnread] = await Promise.all([
      every(pause, () => append(followed, String(performance.now()))),
      every(largePause, () => append(unread, large)),
      every(1_000, async () => memory.push(await memoryOf(url))),
    ])
    const readers = count - silentStreams
    await until(() => delays.length >= sent * readers, 20)

    const problems = growthIn(memory)
    const short = heard.filter((times) => times !== sent).length
    if (short > 0) problems.push(`${short} of ${readers} readers did not hear each of ${sent} messages once`)
    const p95 = quantile(delays, 0.95)
    if (timed && p95 > most) problems.push(`the 95th of 100 messages took ${p95.toFixed(0)} ms to its reader`)
    const times = [0.5, 0.95, 0.99, 1].map((share) => `${quantile(delays, share).toFixed(0)}`)
    const seen = [
      `${count} streams, ${silentStreams} of which never read; ${sent} messages to each and ${sentUnread} of 250 KB to those`,
      `from the call that appends to a reader: median ${times[0]}, 95 of 100 ${times[1]}, 99 of 100 ${times[2]}, longest ${times[3]} ms`,
      `memory of the server ${inMegabytes(Math.min(...memory))} to ${inMegabytes(Math.max(...memory))}, ` +
        `at the end ${inMegabytes(memory.at(-1) ?? 0)}`,
    ]
    return { seen, problems }
  },
}
