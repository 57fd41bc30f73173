import type { AnalyserOptions } from "@strudel-agent/strudel/analyser"

/** What listens to code while somebody waits: an answer within two seconds, whatever the code does and whoever else asks. */
export const interactive = {
  threads: 2,
  queue: 32,
  deadline: 1_500,
  kill: 2_000,
  patience: 2_000,
} satisfies AnalyserOptions
