/** Characters of JSON that a statement takes; a row may have more by itself. */
const partLength = 1024 * 1024

/** Rows as one JSON array. */
export interface JsonPart {
  json: string
  rows: number
}

/**
 * Prints rows as JSON arrays of a mebibyte or so, each when it is asked for: to print and send many mebibytes at once would
 * keep everybody else waiting.
 */
export function* jsonParts(rows: Iterable<unknown>): Generator<JsonPart, undefined> {
  let texts: string[] = []
  let length = 0
  const part = (): JsonPart => ({ json: `[${texts.join(",")}]`, rows: texts.length })
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (texts.length > 0 && length + text.length > partLength) {
      yield part()
      texts = []
      length = 0
    }
    texts.push(text)
    length += text.length
  }
  if (texts.length > 0) yield part()
  return undefined
}
