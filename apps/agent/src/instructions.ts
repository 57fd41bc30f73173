import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"

/** The folder lies beside the sources and the build. */
const file = new URL("../prompts/system.md", import.meta.url)

export interface Instructions {
  text: string
  /** Tells one version of them from another. */
  hash: string
}

/** Reads what every model is told before it answers. */
export async function readInstructions(): Promise<Instructions> {
  const text = await readFile(file, "utf8")
  return { text, hash: createHash("sha256").update(text).digest("hex") }
}
