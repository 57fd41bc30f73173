/** One line of a report for people. */
export interface ReportLine {
  /** How deep it stands below others: 0 is a line of its own. */
  level: number
  /** What became of the file that the words are about. */
  outcome?: string
  words: string
}

/** How one asks, where a report is shown, for what it leaves out or does not do. */
export interface ReportHints {
  /** End the sentences on what was kept and on what was ignored that is not named. */
  kept: string
  ignored: string
  /** Ends the sentence on remarks that are not told. */
  remarks: string
  /** How a conversation is put into the session of this id all the same. */
  putInto(id: string): string
  /** How the branches that a conversation left are stored. */
  branches: string
}

/** A line as text, its outcome in a column of its own. */
export function lineAsText({ level, outcome, words }: ReportLine): string {
  const column = outcome === undefined ? "" : `${outcome.padEnd(level === 0 ? 10 : 9)} `
  return "  ".repeat(level) + column + words
}

/** A text of lines that are indented by two blanks for each level, as lines. */
export function linesOf(texts: string[]): ReportLine[] {
  return texts.map((text) => {
    const words = text.trimStart()
    return { level: Math.floor((text.length - words.length) / 2), words }
  })
}
