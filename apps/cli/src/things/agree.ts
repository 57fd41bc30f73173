import { printableLine } from "@strudel-agent/importer/printable"
import { Failure, UsageError } from "../failure.ts"
import type { Run } from "../run.ts"

async function firstLine(stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  let text = ""
  for await (const piece of stdin) {
    text += typeof piece === "string" ? piece : Buffer.from(piece).toString("utf8")
    if (text.includes("\n")) break
  }
  return text.split("\n")[0] ?? ""
}

/** Asks a person at a terminal whether to go on; elsewhere `--yes` has to say so. Throws where the answer is no. */
export async function agree(run: Run, { what, yes }: { what: string; yes: boolean | undefined }): Promise<void> {
  if (yes) return
  const { stdin, stderr } = run.io
  if (!stdin.isTTY || !stderr.isTTY) throw new UsageError(`${what}? Say so with --yes: nobody can be asked here.`)
  stderr.write(`${printableLine(what)}? [y/N] `)
  if (!/^\s*y(?:es)?\s*$/i.test(await firstLine(stdin))) throw new Failure("Nothing is done.")
}
