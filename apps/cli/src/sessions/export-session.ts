import { createWriteStream } from "node:fs"
import { rm } from "node:fs/promises"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { Failure } from "../failure.ts"
import type { Run } from "../run.ts"

export interface ExportOptions {
  format: "md" | "json" | "jsonl"
  output?: string
  overwrite?: boolean
}

/** Prints a session's whole transcript, or writes it to a file, as it comes; what is cut off is no file. */
export async function exportSession(run: Run, id: string, { format, output, overwrite }: ExportOptions): Promise<void> {
  const client = await run.connect()
  await client.session.byId.query({ id })
  const { url, token } = run.env
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const answer = await fetch(`${url}/export/sessions/${id}.${format}`, { headers })
  if (!answer.ok || !answer.body) throw new Failure(`The server did not export the session (HTTP ${answer.status}).`)
  const isCutOff = new Failure("The transcript was cut off on its way.")
  if (output === undefined) {
    const decoder = new TextDecoder()
    try {
      for await (const piece of answer.body) run.io.stdout.write(decoder.decode(piece, { stream: true }))
    } catch {
      throw isCutOff
    }
    return
  }
  const path = run.path(output)
  const file = createWriteStream(path, { flags: overwrite ? "w" : "wx" })
  await new Promise<void>((resolve, reject) => {
    file.once("open", () => resolve())
    file.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EEXIST" ? new Failure(`${output} is there already: --overwrite writes over it.`) : error),
    )
  })
  try {
    await pipeline(Readable.from(answer.body), file)
  } catch {
    await rm(path, { force: true })
    throw isCutOff
  }
  run.note(`Written to ${output}.`)
}
