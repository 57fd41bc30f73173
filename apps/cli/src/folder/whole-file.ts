import { randomBytes } from "node:crypto"
import { chmod, link, open, realpath, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Failure } from "../failure.ts"

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined)

type Stats = Awaited<ReturnType<typeof stat>>

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined
    throw error
  }
}

async function writeTo(path: string, flags: "w" | "wx", pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, flags)
  try {
    for await (const piece of pieces) await file.writeFile(piece)
  } finally {
    await file.close()
  }
}

/** Gives a file its name, unless another one has it. */
async function giveName(part: string, path: string): Promise<void> {
  try {
    await link(part, path)
  } catch (error) {
    // Some file systems have no links.
    if (codeOf(error) === "EEXIST" || (await statsOf(path))) throw taken(path)
    await rename(part, path)
  }
}

const taken = (path: string) => new Failure(`${path} is there already: --overwrite writes over it.`)

/**
 * Writes a file piece by piece, as a whole or not at all: until it is whole it has another name in the same folder, and a
 * former file stays. Throws a failure before anything is read where there is one and it is not to be written over.
 */
export async function writeWholeFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  { overwrite }: { overwrite: boolean },
): Promise<void> {
  const former = await statsOf(path)
  if (former && !overwrite) throw taken(path)
  // A device or a pipe has no other in its place.
  if (former && !former.isFile()) return writeTo(path, "w", pieces)
  // A link stays one.
  const target = former ? await realpath(path) : path
  const part = join(dirname(target), `.strudel-agent-${randomBytes(8).toString("hex")}.part`)
  try {
    await writeTo(part, "wx", pieces)
    if (former) await chmod(part, Number(former.mode) & 0o777)
    await (overwrite ? rename(part, target) : giveName(part, target))
  } finally {
    await rm(part, { force: true })
  }
}
