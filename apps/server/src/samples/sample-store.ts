import { createHash, randomUUID } from "node:crypto"
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import type { Sample } from "./sample-source.ts"

export interface StoreOptions {
  folder: string
  /** Bytes of all files; what was not asked for the longest goes first. */
  room?: number
  /** Addresses that are remembered; the oldest goes first. */
  mostAddresses?: number
}

/** Files that are looked at or removed at a time. */
const atOnce = 16
/** What is left of a room that was full, so that not every further file has all of them looked at. */
const kept = 0.9

interface Kept {
  path: string
  size: number
  /** Milliseconds since 1970. */
  used: number
}

/** A file of samples, what it is, and the milliseconds since it was fetched. */
export interface KeptSample {
  file: string
  type: string
  tag: string
  age: number
}

const Entry = z.object({ address: z.string(), content: z.string().regex(/^[0-9a-f]{64}$/), type: z.string() })

const hashed = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex")

/** Sounds on disk by their content, and what address has which; a file is there whole or not at all. */
export function createSampleStore({ folder, room = 1024 ** 3, mostAddresses = 20_000 }: StoreOptions) {
  const addresses = join(folder, "addresses")
  const contents = join(folder, "contents")
  let sweeping: Promise<void> | null = null
  /** What is there, counted rather high; not known before the first look. */
  let held: { bytes: number; addresses: number } | null = null

  async function write(path: string, data: string | Buffer) {
    const draft = `${path}.${randomUUID()}`
    try {
      await writeFile(draft, data)
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  async function sweep() {
    const files = await filesOf(contents)
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    const names = await filesOf(addresses)
    const excess = bytes > room ? bytes - room * kept : 0
    const surplus = names.length > mostAddresses ? Math.ceil(names.length - mostAddresses * kept) : 0
    const removed = oldestOf(files, excess)
    await eachOf([...removed, ...byAge(names).slice(0, surplus)], ({ path }) => rm(path, { force: true }))
    held = { bytes: bytes - removed.reduce((sum, { size }) => sum + size, 0), addresses: names.length - surplus }
  }

  /** Sweeps beside what is answered, where there is too much; once at a time. */
  function sweepSoon(bytes: number) {
    if (held) held = { bytes: held.bytes + bytes, addresses: held.addresses + 1 }
    if (sweeping || (held && held.bytes <= room && held.addresses <= mostAddresses)) return
    sweeping = sweep()
      .catch(() => undefined)
      .finally(() => {
        sweeping = null
      })
  }

  return {
    /** What is kept of an address; null if nothing is. */
    async find(address: string): Promise<KeptSample | null> {
      try {
        const path = join(addresses, hashed(address))
        const entry = Entry.parse(JSON.parse(await readFile(path, "utf8")))
        const file = join(contents, entry.content)
        await access(file)
        const now = new Date()
        const { mtimeMs } = await stat(path)
        await utimes(file, now, now)
        return { file, type: entry.type, age: now.getTime() - mtimeMs, tag: entry.content }
      } catch {
        return null
      }
    },
    async keep(address: string, { bytes, type }: Sample): Promise<{ file: string; tag: string }> {
      const content = hashed(bytes)
      await Promise.all([mkdir(addresses, { recursive: true }), mkdir(contents, { recursive: true })])
      await write(join(contents, content), bytes)
      await write(join(addresses, hashed(address)), JSON.stringify({ address, content, type }))
      sweepSoon(bytes.byteLength)
      return { file: join(contents, content), tag: content }
    },
    /** Resolves when nothing is being swept. */
    async swept(): Promise<void> {
      await sweeping
    },
  }
}

export type SampleStore = ReturnType<typeof createSampleStore>

async function filesOf(folder: string): Promise<Kept[]> {
  const files: Kept[] = []
  await eachOf(await readdir(folder), async (name) => {
    const path = join(folder, name)
    const about = await stat(path).catch(() => null)
    if (about) files.push({ path, size: about.size, used: about.mtimeMs })
  })
  return files
}

const byAge = (files: Kept[]) => files.toSorted((one, other) => one.used - other.used)

/** So many of the oldest that they make up these bytes. */
function oldestOf(files: Kept[], bytes: number): Kept[] {
  let size = 0
  return byAge(files).filter((file) => {
    const wanted = size < bytes
    if (wanted) size += file.size
    return wanted
  })
}

async function eachOf<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let index = 0; index < items.length; index += atOnce) {
    await Promise.all(items.slice(index, index + atOnce).map(work))
  }
}
