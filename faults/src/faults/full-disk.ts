import { setTimeout as sleep } from "node:timers/promises"
import { makeSmallDisk } from "@strudel-agent/server/src/testing/small-disk.ts"
import type { Fault } from "../fault.ts"
import { recover, recoverySeconds, startUnderLoad } from "../recovery.ts"
import { inSeconds, until } from "../waiting.ts"
import { refusalsInWords } from "../writers.ts"

const megabytes = 250
/** Milliseconds for which the disk is full. */
const held = 10_000

/** The disk of the data folder fills up and is freed. */
export const fullDisk: Fault = {
  name: "full-disk",
  what: `the data lies on a disk of ${megabytes} MB that others fill while clients append, and free again`,
  async run(place) {
    const disk = makeSmallDisk(megabytes)
    if (!disk) return { seen: [], problems: [], skipped: "this user may not mount a file system" }
    place.onLeave(() => disk.remove())
    const loaded = await startUnderLoad(place, { dataDir: disk.folder })
    const { product, sessions, work } = loaded
    const { url } = product
    const { ledger } = work
    disk.fill()
    const refused = await until(() => ledger.refused.has("STORAGE_FULL"), recoverySeconds)
    const read = await fetch(`${url}/api/messages/${sessions[0]}?page_size=10`)
    await read.arrayBuffer()
    await sleep(held)
    disk.free()
    const { seconds, problems } = await recover(loaded, "there was room")
    if (refused === undefined) problems.push("no append was refused with STORAGE_FULL")
    if (read.status !== 200) problems.push(`a page was answered ${read.status} while the disk was full`)
    const seen = [
      `full for ${held / 1000} s: reading was answered ${read.status}; appends: ${refusalsInWords(ledger)}; 200 more ` +
        `${inSeconds(seconds)} after there was room`,
    ]
    return { seen, problems }
  },
}
