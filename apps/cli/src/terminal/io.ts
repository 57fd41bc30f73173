import type { Fetch } from "@strudel-agent/client/fetch"

export interface Output {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
  /** Whether it shows colours, which NO_COLOR and a plain terminal do not. */
  hasColors?(): boolean
  /** Tells once when a reader that had enough, which `write` answered with false, takes more. */
  once?(event: "drain", listener: () => void): unknown
}

/** What a command touches of the process that it runs in. */
export interface Io {
  /** Takes the place of what fetches from servers. */
  fetch?: Fetch | undefined
  stdin: AsyncIterable<Uint8Array | string> & { isTTY?: boolean | undefined }
  stdout: Output
  stderr: Output
  env: Record<string, string | undefined>
  cwd: string
  /** Asked for by a command that ends in good order when the user interrupts it; all others end at once. `quietly` says nothing of it. */
  interruption?: ((how?: { quietly?: boolean }) => AbortSignal) | undefined
  /** Runs a program that has the terminal: what is typed there to interrupt or to quit is not meant for this one meanwhile. */
  lendTerminal?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined
}
