import type { ImportProgress } from "@strudel-agent/importer/import-progress"
import { printableLine } from "@strudel-agent/importer/printable"
import type { Output } from "./io.ts"

export interface Progress extends ImportProgress {
  clear(): void
}

const barWidth = 24
const usualColumns = 80
const clearLine = "\r\u001b[2K"

const silent: Progress = { show: () => undefined, clear: () => undefined }

/** A bar on the last line of a terminal; nothing where the output is none. */
export async function createProgress(output: Output): Promise<Progress> {
  if (!output.isTTY) return silent
  // Knows how wide each sign is, which takes long to load.
  const [{ cut }, { default: width }] = await Promise.all([import("./table.ts"), import("string-width")])
  let shown = false
  return {
    show(done, total, words) {
      const filled = total > 0 ? Math.min(barWidth, Math.round((done / total) * barWidth)) : 0
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled)
      const line = cut(`${bar} ${done}/${total} ${printableLine(words)}`, (output.columns ?? usualColumns) - 1, width)
      output.write(clearLine + line)
      shown = true
    },
    clear() {
      if (shown) output.write(clearLine)
      shown = false
    },
  }
}
