/** A text with line feeds alone, as an editor keeps it. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, "\n")

/** Gives a text of line feeds the line endings of another, where all of that one's are of Windows. */
export const withEndingsOf = (original: string, text: string): string =>
  original.includes("\r\n") && !/\r(?!\n)|(?<!\r)\n/.test(original) ? text.replaceAll("\n", "\r\n") : text
