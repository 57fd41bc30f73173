import { setTimeout as sleep } from "node:timers/promises"
import { makeSmallDisk } from "@strudel-agent/server/src/testing/small-disk.ts"
import type { Fault } from "../fault.ts"
import { startProduct } from "../product.ts"
import { inSeconds, until } from "../waiting.ts"
import { checkStored, openSessions, refusalsInWords, startWriters } from "../writers.ts"

const patience = 60
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
    const product = await startProduct(place, { dataDir: disk.folder })
    const { url } = product
    const sessions = await openSessions(url, 4)
    const work = startWriters(url, { appends: Number.POSITIVE_INFINITY, writers: 8, sessions })
    const { ledger } = work
    await until(() => ledger.count > 200, patience)
    disk.fill()
    const refused = await until(() => ledger.refused.has("STORAGE_FULL"), patience)
    const read = await fetch(`${url}/api/messages/${sessions[0]}?page_size=10`)
    await read.arrayBuffer()
    await sleep(held)
    disk.free()
    const again = ledger.count
    const recovered = await until(() => ledger.count > again + 200, patience)
    await work.stop()
    const problems = await checkStored(url, ledger)
    if (refused === undefined) problems.push("no append was refused with STORAGE_FULL")
    if (read.status !== 200) problems.push(`a page was answered ${read.status} while the disk was full`)
    if (recovered === undefined) problems.push(`no appends ${patience} s after there was room`)
    if ((await product.comesBack(patience)) === undefined) problems.push("no page and no health afterwards")
    const seen = [
      `full for ${held / 1000} s: reading was answered ${read.status}; appends: ${refusalsInWords(ledger)}; 200 more ` +
        `${inSeconds(recovered ?? 0)} after there was room`,
    ]
    return { seen, problems }
  },
}
