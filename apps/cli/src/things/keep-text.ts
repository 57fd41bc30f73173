import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** Writes a text to a file of its own, which only this user can read; resolves to its path. */
export async function keepText(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "strudel-agent-")), name)
  await writeFile(path, text, { mode: 0o600 })
  return path
}

/** Removes a file of `keepText` with its folder. */
export const letGo = (path: string): Promise<void> => rm(dirname(path), { recursive: true, force: true })
