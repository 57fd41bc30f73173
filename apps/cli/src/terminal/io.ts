export interface Output {
  write(text: string): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
}

/** What a command touches of the process that it runs in. */
export interface Io {
  stdin: AsyncIterable<Uint8Array | string> & { isTTY?: boolean | undefined }
  stdout: Output
  stderr: Output
  env: Record<string, string | undefined>
  cwd: string
  /** Asked for by a command that ends in good order when the user interrupts it; all others end at once. `quietly` says nothing of it. */
  interruption?: ((how?: { quietly?: boolean }) => AbortSignal) | undefined
}
