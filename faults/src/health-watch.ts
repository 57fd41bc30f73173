import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { Place } from "./place.ts"

/** The same file beside a source and beside a bundle. */
const script = fileURLToPath(new URL("./health-watching.mjs", import.meta.url))

/** Asks a server for its health all the time; what it returns resolves to the waits since it was last called, in milliseconds. */
export function watchHealth(place: Place, url: string): () => Promise<number[]> {
  const child = fork(script, [url])
  place.onLeave(() => child.kill())
  return async () => {
    const message = once(child, "message")
    child.send("tell")
    const [waits] = await message
    return Array.isArray(waits) ? waits.filter((wait) => typeof wait === "number") : []
  }
}
