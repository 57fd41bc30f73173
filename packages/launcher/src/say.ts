import { attempt as attemptOr } from "@strudel-agent/process/attempt"

// A reader that went away (a closed terminal, a killed npm) must not end the launcher before it stopped its children.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})

/** Tells the user something. */
export type Say = (line: string) => void

/** Prints a line for the user. */
export const say: Say = (line) => void process.stdout.write(`${line}\n`)

/** Prints a line about a problem, or one that must not mix with a command's own output. */
export const warn: Say = (line) => void process.stderr.write(`${line}\n`)

/** Does what everything runs without, such as writing on a disk that may be full; returns whether it could be done. */
export const attempt = (doing: string, work: () => void): boolean => attemptOr(doing, work, warn)

/** Returns a span of milliseconds as people read it: 0.4 s, 12 s, 2 min 5 s. */
export function inWords(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
