import { write } from "node:fs"
import { type Logger, type LoggerOptions, pino } from "pino"

/** Bytes of lines that may wait to be written; what comes while as many wait is lost. */
const usualRoom = 1024 * 1024
/** Milliseconds until a reader that takes nothing is tried again. */
const retryPause = 100

/**
 * Writes lines to a file, a pipe or a terminal without ever waiting for it. What it refuses, because the disk is full or
 * the reader is gone, is lost, and the next line is tried again.
 */
export function createLineWriter(fd: number, room = usualRoom) {
  let waiting: string[] = []
  /** Of all that waits, what is being written included. */
  let bytes = 0
  const onEmpty: (() => void)[] = []

  function writeNext(): void {
    const chunk = Buffer.from(waiting.join(""))
    waiting = []
    if (chunk.length > 0) writeWhole(chunk)
    else for (const tell of onEmpty.splice(0)) tell()
  }

  function writeWhole(chunk: Buffer): void {
    write(fd, chunk, (error, written) => {
      if (error?.code === "EAGAIN") return void setTimeout(writeWhole, retryPause, chunk)
      const done = error ? chunk.length : written
      bytes -= done
      if (done < chunk.length) writeWhole(chunk.subarray(done))
      else writeNext()
    })
  }

  return {
    write(line: string): void {
      const size = Buffer.byteLength(line)
      if (bytes + size > room) return
      const isIdle = bytes === 0
      bytes += size
      waiting.push(line)
      if (isIdle) writeNext()
    },
    /** Resolves when nothing waits, or after so many milliseconds. */
    async flush(milliseconds: number): Promise<void> {
      if (bytes === 0) return
      await new Promise<void>((resolve) => {
        onEmpty.push(resolve)
        setTimeout(resolve, milliseconds)
      })
    },
  }
}

export interface ServerLog {
  log: Logger
  /** Resolves when it is written, or after so many milliseconds. */
  flush(milliseconds: number): Promise<void>
}

/** The server's log, on its standard output. Whatever becomes of that, or of its standard error, ends nothing. */
export function createLog(options: LoggerOptions): ServerLog {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  const { write: writeLine, flush } = createLineWriter(1)
  return { log: pino(options, { write: writeLine }), flush }
}
