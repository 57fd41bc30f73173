/** Repeats a part until the text has so many characters. */
const fill = (part: string, characters: number): string =>
  part.repeat(Math.ceil(characters / part.length)).slice(0, characters)

/** Lines that each nest one level deeper than the line above. */
function staircase(mark: string, characters: number): string {
  const lines: string[] = []
  for (let length = 0, depth = 0; length < characters; depth++) {
    const line = `${"  ".repeat(depth)}${mark}`
    lines.push(line)
    length += line.length + 1
  }
  return lines.join("\n").slice(0, characters)
}

/** Runs of backticks, each longer than the one before, so that none closes another. */
function growingRuns(sign: string, characters: number): string {
  let text = ""
  for (let length = 1; text.length < characters; length++) text += `${sign.repeat(length)} `
  return text.slice(0, characters)
}

/** Texts at which parsers of markdown take more than linear time, by what they are made of. */
export const hostileTexts: Record<string, (characters: number) => string> = {
  "ordered lists in one another": (size) => fill("1. ", size),
  "lists in one another": (size) => fill("- ", size),
  "quotes in one another": (size) => fill("> ", size),
  "quotes and lists in one another": (size) => fill("> 1. ", size),
  "lists and quotes in one another": (size) => fill("- > ", size),
  "short underlined headings": (size) => fill("a\n=\n", size),
  "short headings and rules": (size) => fill("a\n-\n", size),
  "headings of nothing": (size) => fill("#\n", size),
  "list items of one letter": (size) => fill("- a\n", size),
  "loose list items": (size) => fill("* a\n\n", size),
  "a staircase of lists": (size) => staircase("- a", size),
  "a staircase of quotes": (size) => staircase("> a", size),
  "lazy lines below deep quotes": (size) => `${fill("> ", size / 8)}\n${fill("a\n", size - size / 8)}`,
  "lazy lines below deep lists": (size) => `${fill("1. ", size / 8)}\n${fill("a\n", size - size / 8)}`,
  "opening brackets": (size) => fill("[", size),
  "brackets in one another": (size) => fill("[", size / 2) + fill("]", size / 2),
  "opening pictures": (size) => fill("![", size),
  "beginnings of links": (size) => fill("[a](", size),
  "beginnings of links in signs": (size) => fill("[a](<", size),
  "beginnings of titles": (size) => fill('[a](b "', size),
  "ends of links": (size) => fill("](", size),
  "brackets in an address": (size) => `[a](${fill("(", size)}`,
  "emphasis that opens": (size) => fill("*a ", size),
  "emphasis of two kinds": (size) => fill("*a_ ", size),
  "strong emphasis within words": (size) => fill("a**b", size),
  "emphasis of two lengths": (size) => fill("**a *b ", size),
  "stars and underscores": (size) => fill("*_", size),
  "growing runs of backticks": (size) => growingRuns("`", size),
  "backticks that do not match": (size) => fill("`a``", size),
  "growing runs of stars": (size) => growingRuns("*", size),
  "struck words that open": (size) => fill("~~a ", size),
  "beginnings of tags": (size) => fill("<a ", size),
  "opening angles": (size) => fill("<", size),
  "beginnings of comments": (size) => fill("<!--", size),
  "beginnings of instructions": (size) => fill("<?", size),
  "beginnings of sections": (size) => fill("<![CDATA[", size),
  "blocks of markup": (size) => fill("<div>\n", size),
  "beginnings of entities": (size) => fill("&a", size),
  "rows of a table": (size) => `a|b\n-|-\n${fill("|\n", size)}`,
  "tables of one row": (size) => fill("a|b\n-|-\n", size),
  "a table of many columns": (size) => `${fill("a|", size / 3)}\n${fill("-|", size / 3)}\n${fill("b|", size / 3)}`,
  "definitions of one name": (size) => fill("[a]: b\n", size),
  "uses of one definition": (size) => `[a]: b\n\n${fill("[a]", size)}`,
  "beginnings of definitions": (size) => fill("[a]: b '\n", size),
  "addresses without an end": (size) => fill("http://a(", size),
  "addresses of mail": (size) => fill("a@b.c ", size),
  "addresses that begin with www": (size) => fill("www.a.", size),
  "fences that open": (size) => fill("```\n", size),
  "a fence of many signs": (size) => fill("`", size),
  "footnotes that begin": (size) => fill("[^a]: ", size),
  backslashes: (size) => fill("\\", size),
  "white space": (size) => fill(" ", size),
  "white space and line ends": (size) => fill(`${" ".repeat(500)}\n`, size),
  "tabs and list items": (size) => fill("\t- ", size),
  "carriage returns": (size) => fill("a\r", size),
  "one long line of words": (size) => fill("word ", size),
  "letters with many accents": (size) => fill("a\u0301\u0302\u0303", size),
  "words of both directions": (size) => fill("a\u202eb\u202c ", size),
}

const mebibyte = 1024 * 1024

/** Bodies of JSON that take much to parse or to keep, each of some 16 MiB. */
export const hostileBodies: Record<string, () => string> = {
  "opening brackets": () => fill("[", 16 * mebibyte - 1),
  "arrays in one another": () => fill("[", 8 * mebibyte - 1) + fill("]", 8 * mebibyte - 1),
  "empty arrays": () => `[${fill("[],", 15 * mebibyte)}[]]`,
  "objects in one another": () => fill('{"a":', 16 * mebibyte - 1),
  "many keys": () => `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(",")}}`,
  "one key again and again": () => `{${fill('"a":1,', 15 * mebibyte - 3)}"a":1}`,
  "one long text": () => `{"a":"${fill("x", 15 * mebibyte)}"}`,
  "escaped signs": () => `{"a":"${fill("\\u0041", 15 * mebibyte - 2)}"}`,
  "small numbers": () => `[${fill("1,", 15 * mebibyte)}1]`,
  "digits without an end": () => fill("1", 16 * mebibyte - 1),
  "messages of nothing": () => `{"messages":[${fill('{"role":"user","content":""},', 15 * mebibyte - 16)}{}]}`,
}
