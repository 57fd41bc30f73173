/** Signs that are repeated up to the length of the text. */
const repeated: Record<string, string> = {
  "numbers within one another": "1. ",
  "bullets within one another": "- ",
  "quotes within one another": "> ",
  "quote signs": ">",
  "lists and quotes within one another": "> 1. - ",
  "lines under one letter": "a\n=\n",
  "dashes under one letter": "a\n-\n",
  "lines of a paragraph": "a\n",
  "opening brackets": "[",
  "openings of images": "![",
  "openings of linked images": "[![",
  "openings of links": "[a](",
  "openings of addresses": "](b",
  "addresses with a second word": "[a](b c",
  "addresses with many brackets": `[a]${"(".repeat(32)}`,
  "addresses in an open angle": "[a](<b",
  "addresses behind an angle": "[a](<b>c",
  "titles that end in the next": '[a](b "c',
  "titles of two kinds": "[a](b 'c [a](b \"d ",
  "titles in round brackets": "[a](b (c",
  "emphasis that opens": "*a ",
  "emphasis of two signs": "*a_ ",
  "signs in turn": "*_",
  "signs of three kinds": "a***b*c**",
  "pairs of signs within words": "a**b",
  underscores: "_",
  backticks: "`",
  "code of two lengths": "` `` ",
  "code over many lines": "`\n",
  angles: "<",
  "tags that open": "<a ",
  "tags that quote each other": "<a x='<a x=\"",
  comments: "<!-- a -",
  "character data": "<![CDATA[",
  instructions: "<?",
  declarations: "<!a",
  ampersands: "&",
  references: "&amp;",
  "addresses in angles": "<clip:kick>",
  "addresses in open angles": "<a:b",
  "addresses of mail": "<a@a.a",
  tables: "| a | b |\n|--|--|\n",
  definitions: "[a]: b\n",
  "uses of no definition": "[a][b]",
  "labels that escape": "[a\\]",
  "labels over many lines": "[a\n",
  "indented lines": "    a\n",
  tabs: "\t",
  spaces: " ",
  "carriage returns": "\r",
  "blank lines": "\r\n",
  "zero characters": "\0",
  backslashes: "\\",
  "closing brackets": "]",
  "pairs of brackets": "[]",
  fences: "```\n",
  "fences with code behind": "```a`\n",
  headings: "# a\n",
  "lines of dashes": "- - a\n",
  "blocks of HTML": "<div>\n\n",
  "tags over two lines": '<a b="\n',
  "items without text": "-\n",
  "items without text and blank lines": "-\n\n",
  "lines that go on lazily": "> a\nb\n",
  "broken lines": "a   \n",
  "symbols beside signs": "🎵*",
  "links to an item": "[kick](clip:kick) ",
  "items of a list": "- [kick](clip:kick)\n",
  "links to nothing": "- [gone](../clips/gone.js)\n",
  "links around addresses": "[<clip:kick>](clip:kick) ",
  "links and headings": "# a (4 bars)\n[kick](clip:kick)\n",
  "links of one line and their bars": "[kick](clip:kick) for 4 bars, ",
}

/** Runs of a sign that each are one longer than the last. */
function growing(sign: string, length: number): string {
  const runs: string[] = []
  for (let size = 0; size < length; size += runs.length + 1) runs.push(sign.repeat(runs.length + 1))
  return runs.join(" ").slice(0, length)
}

/** Texts that are made of more than one sign. */
const composed: Record<string, (length: number) => string> = {
  "runs of backticks, each longer": (length) => growing("`", length),
  "runs of stars, each longer": (length) => growing("*", length),
  "items each one deeper": (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, depth) => `${"  ".repeat(depth)}- a\n`)
      .join("")
      .slice(0, length),
  "quotes each one deeper": (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, depth) => `${">".repeat(depth)} a\n`)
      .join("")
      .slice(0, length),
  "brackets within one another": (length) => "[".repeat(length / 2) + "]".repeat(length / 2),
  "images within one another": (length) => "![".repeat(length / 4) + "](a)".repeat(length / 8),
  "links within open images": (length) => `[${"![".repeat(length / 4)}${"[a](b)".repeat(length / 12)}`,
  "links within one another": (length) => `${"[".repeat(length / 14)}a${"](clip:kick)".repeat(length / 14)}`,
  "links within deep emphasis": (length) =>
    "*_".repeat(length / 8) + "[kick](clip:kick) ".repeat(length / 36) + "_*".repeat(length / 8),
  "uses of one long definition": (length) => `[a]: clips/${"x".repeat(length / 2)}.js\n\n${"[a] ".repeat(length / 8)}`,
  "a definition whose title is open": (length) => `[a]: b\n"${"x\n".repeat(length / 2)}`,
  "deep items on each line": (length) => `${"- ".repeat(32)}a\n`.repeat(length / 66),
  "blank lines in deep items": (length) => `${"- ".repeat(32)}a\n${"\n".repeat(length - 66)}`,
  "lines in a deep quote": (length) => `${"> ".repeat(32)}${"a\n".repeat(length / 2)}`,
  "a heading with spaces": (length) => `# a${" ".repeat(length - 4)}b`,
  "a heading with signs": (length) => `# ${"# ".repeat(length / 2)}`,
  "an item behind spaces": (length) => `-${" ".repeat(length / 2)}\n${"  [kick](clip:kick)\n".repeat(length / 40)}`,
  "words between spaces": (length) => `a${" ".repeat(1000)}`.repeat(length / 1001),
  "a tag with many names": (length) => `<a ${"x ".repeat(length / 2)}`,
  "labels of the greatest length": (length) => `[${"a".repeat(997)}]`.repeat(length / 999),
  "links to many items": (length) =>
    Array.from({ length: length / 26 }, (_, index) => `- [c${index}](clip:c${index})\n`)
      .join("")
      .slice(0, length),
}

/** Texts of about a length, by what they are made of, that take some readers of markdown time by the square of it. */
export function hostileMarkdown(length: number): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [name, unit] of Object.entries(repeated)) texts.set(name, unit.repeat(length / unit.length))
  for (const [name, make] of Object.entries(composed)) texts.set(name, make(length))
  return texts
}
