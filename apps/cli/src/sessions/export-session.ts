import { printable } from "@strudel-agent/importer/printable"
import { exitCodes } from "../exit-code.ts"
import { Failure, fileProblem, Unreachable, UsageError } from "../failure.ts"
import { writeWholeFile } from "../folder/whole-file.ts"
import type { Run } from "../run.ts"

export interface ExportOptions {
  format?: "md" | "json" | "jsonl"
  json?: boolean
  output?: string
  overwrite?: boolean
}

/** Prints a session's whole transcript, or writes it to a file, as it comes; what is cut off is no file. */
export async function exportSession(run: Run, id: string, options: ExportOptions): Promise<void> {
  const { json = false, output, overwrite } = options
  const format = options.format ?? (json && output === undefined ? "json" : "md")
  if (json && output === undefined && format !== "json") {
    throw new UsageError(`--json prints the transcript as one JSON object, but --format asks for ${format}.`)
  }
  const client = await run.connect()
  await client.session.byId.query({ id })
  const name = `${id}.${format}`
  if (output === undefined) return printTranscript(run, readTranscript(run, name))
  const isWritten = await writeTranscript(run, name, { output, overwrite })
  if (isWritten) run.print({ json: () => ({ session: id, file: run.path(output) }), text: () => "" })
}

/** What the server answers, from when it is first asked for. */
async function* readTranscript(run: Run, name: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const { url, token } = run.env
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const answer = await run.fetch(`${url}/export/sessions/${name}`, { headers, signal: signal ?? null }).catch(() => {
    throw new Unreachable(url)
  })
  if (!answer.ok || !answer.body) {
    // Unread, it would hold its connection, and with it the program.
    await answer.body?.cancel()
    throw new Failure(`The server did not export the session (HTTP ${answer.status}).`)
  }
  try {
    for await (const piece of answer.body) yield piece
  } catch {
    throw new Failure("The transcript was cut off on its way.")
  }
}

async function printTranscript(run: Run, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  // A file gets the transcript as it is, a terminal nothing that it would act upon.
  const print = (text: string) => run.write(run.io.stdout.isTTY ? printable(text) : text)
  const decoder = new TextDecoder()
  let rest = ""
  for await (const piece of pieces) {
    const text = rest + decoder.decode(piece, { stream: true })
    // The end of a line may come in two pieces.
    rest = text.endsWith("\r") ? "\r" : ""
    await print(text.slice(0, text.length - rest.length))
  }
  await print(rest + decoder.decode())
}

/** Writes a transcript to a file; resolves to false where it was interrupted, and then nothing is written. */
async function writeTranscript(
  run: Run,
  name: string,
  { output, overwrite = false }: { output: string; overwrite: boolean | undefined },
): Promise<boolean> {
  const signal = run.interruptible({ quietly: true })
  try {
    await writeWholeFile(run.path(output), readTranscript(run, name, signal), { overwrite })
  } catch (error) {
    if (signal?.aborted) {
      run.exitCode = exitCodes.interrupted
      run.note(`Interrupted: nothing is written to ${output}.`)
      return false
    }
    throw error instanceof Failure ? error : new Failure(`${output}: ${fileProblem(error)}`)
  }
  run.note(`Written to ${output}.`)
  return true
}
