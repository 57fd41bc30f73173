import type { AnalyserOptions } from "@strudel-agent/strudel/analyser"

/** What listens to code while somebody waits: an answer after two seconds of CPU at most, whatever the code does and whoever else asks. */
export const interactive = {
  threads: 2,
  queue: 32,
  deadline: 1_500,
  kill: 2_000,
  waitLimit: 2_000,
} satisfies AnalyserOptions

/** What listens to stored clips in the background: nobody waits for it. */
export const background = { deadline: 10_000, kill: 12_000 } satisfies AnalyserOptions
