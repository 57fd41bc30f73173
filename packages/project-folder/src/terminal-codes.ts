const codes = new RegExp(
  [
    // Operating system commands and other strings, such as titles and links, up to their end on the same line.
    "(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x1b\\x07\\x90\\x98\\x9b-\\x9f\\n\\r]{0,4096}(?:\\x07|\\x1b\\\\|\\x9c)",
    // Control sequences, such as colours and movements of the cursor.
    "\\x1b\\[[0-?]{0,256}[ -/]{0,16}[@-~]?",
    "\\x9b[0-?]{1,256}[ -/]{0,16}[@-~]",
    // Other escape sequences, and beginnings of those that have no end.
    "\\x1b[ -/]{0,16}[0-~]?",
    "[\\x07\\x08\\x90\\x98\\x9b-\\x9f]",
  ].join("|"),
  "g",
)

/** Takes the codes that steer a terminal out of a text, and says how many there were. */
export function withoutTerminalCodes(text: string): { text: string; count: number } {
  let count = 0
  const plain = text.replace(codes, () => {
    count++
    return ""
  })
  return { text: plain, count }
}
