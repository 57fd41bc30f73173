import { createHash, randomUUID } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import type { Sample } from "./sample-source.ts"

export interface StoreOptions {
  folder: string
  /** Bytes of all files; what was not asked for the longest goes first. */
  maxBytes?: number
}

const Entry = z.object({ address: z.string(), content: z.string().regex(/^[0-9a-f]{64}$/), type: z.string() })

const hashed = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex")

/** Sounds on disk by their content, and what address has which; a file is there whole or not at all. */
export function createSampleStore({ folder, maxBytes = 1024 ** 3 }: StoreOptions) {
  const addresses = join(folder, "addresses")
  const contents = join(folder, "contents")
  let sweeping: Promise<void> = Promise.resolve()

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
    const names = await readdir(contents)
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(contents, name)
        const about = await stat(path).catch(() => null)
        return about ? [{ path, size: about.size, used: about.mtimeMs }] : []
      }),
    )
    let size = files.flat().reduce((sum, file) => sum + file.size, 0)
    for (const file of files.flat().sort((one, other) => one.used - other.used)) {
      if (size <= maxBytes) return
      await rm(file.path, { force: true })
      size -= file.size
    }
  }

  return {
    /** What is kept of an address, with its age in milliseconds; null if nothing is. */
    async find(address: string): Promise<(Sample & { age: number; tag: string }) | null> {
      try {
        const path = join(addresses, hashed(address))
        const entry = Entry.parse(JSON.parse(await readFile(path, "utf8")))
        const file = join(contents, entry.content)
        const bytes = await readFile(file)
        const now = new Date()
        const { mtimeMs } = await stat(path)
        await utimes(file, now, now)
        return { bytes, type: entry.type, age: now.getTime() - mtimeMs, tag: entry.content }
      } catch {
        return null
      }
    },
    async keep(address: string, { bytes, type }: Sample): Promise<string> {
      const content = hashed(bytes)
      await Promise.all([mkdir(addresses, { recursive: true }), mkdir(contents, { recursive: true })])
      await write(join(contents, content), bytes)
      await write(join(addresses, hashed(address)), JSON.stringify({ address, content, type }))
      sweeping = sweeping.then(sweep).catch(() => undefined)
      await sweeping
      return content
    },
  }
}

export type SampleStore = ReturnType<typeof createSampleStore>
