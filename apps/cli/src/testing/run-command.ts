import { main } from "../command-line.ts"
import { testFetch } from "./after-call.ts"

export interface Ran {
  code: number
  stdout: string
  stderr: string
  /** The one JSON object that was printed. */
  json(): unknown
}

export interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  stdin?: string
  /** Whether the outputs are terminals. */
  terminal?: boolean
  interruption?: AbortSignal
  /** Told of every piece that goes to the standard output. */
  onStdout?: (text: string) => void
  /** Told of every piece that goes to the standard error. */
  onStderr?: (text: string) => void
}

/** Runs a command against a server and collects what it says. */
export async function runCommand(url: string, argv: string[], options: RunOptions = {}): Promise<Ran> {
  const { cwd = "/", env = {}, stdin = "", terminal = false, interruption, onStdout, onStderr } = options
  let stdout = ""
  let stderr = ""
  const code = await main(argv, {
    stdin: (async function* () {
      yield Buffer.from(stdin)
    })(),
    stdout: {
      isTTY: terminal,
      hasColors: () => terminal && env.NO_COLOR === undefined,
      write: (text) => {
        stdout += text
        onStdout?.(text)
      },
    },
    stderr: {
      isTTY: terminal,
      write: (text) => {
        stderr += text
        onStderr?.(text)
      },
    },
    env: { STRUDEL_URL: url, ...env },
    cwd,
    fetch: testFetch,
    interruption: interruption && (() => interruption),
  })
  return { code, stdout, stderr, json: () => JSON.parse(stdout) }
}
