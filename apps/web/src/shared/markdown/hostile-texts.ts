/** Signs of markup over and over, in shapes that make parsers slow. */
const units = [
  ...["1. ", "- ", "+ ", "* ", "> ", ">", ">- ", "> 1. ", "1. > ", "- [ ] a\n", "> a\nb\n", "- a\n", "1. a\n2. b\n"],
  ...[
    "a\n=\n",
    "a\n-\n",
    "# a\n",
    "###### \n",
    "---\n",
    "* * *\n",
    "\n",
    "a\n",
    "a\n\n",
    "a  \n",
    "a\\\n",
    "\r",
    "\t- a\n",
  ],
  ...[
    "[",
    "[a ",
    "[a](",
    "![",
    "![a](b ",
    "[a](b) ",
    "[[a](b)",
    "[a][b] ",
    "[a]: b\n",
    "[a]: b\n[c]: d 'x\n",
    "[a](((",
    "[a]:\n",
  ],
  ...["*", "*a ", "*a_ ", "**a* ", "_a ", "*a **b ", "~", "~~a ", "~~~a~~~ ", "**a** ", "~~*a*~~ ", "😀*"],
  ...["`", "`a ", "`a``b```c````d", "```\n", "```js\na\n```\n", "~~~\n", "    a\n", "```\n1 a('') \n```\n"],
  ...["&", "&amp;", "&#1;", "\\", "\\*", "<", "<a ", "<a b='<a b=\"", "<!-- ", "<b>x</b>", "<http://a.b> ", "<a@b.c> "],
  ...["|", "|a|b|\n", "|a|b|\n|-|-|\n|c|d|\n\n", "a|b\n-|-\n", "|*a*"],
  ...[
    "http://",
    "http://a.b ",
    "http://a.b/(",
    "www.a.b ",
    "@",
    "a@",
    "a@b.c ",
    "a.b-c_d+e@f.g-h.i ",
    "http://a;",
    "://",
  ],
  ...[
    "[^1]: a\n",
    "[^1] ",
    "[^a]: x [^a]\n",
    "[a](clip:b) ",
    "[a](http://漢字.漢字/) ",
    "*_[`<&\\~|",
    "word ",
    "x",
    " ",
  ],
]

const repeated = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** Texts of a length that parsers are slow with. */
export const hostileTexts = (length: number): string[] => {
  const half = Math.floor(length / 2)
  const stairs = Array.from({ length: 400 }, (_, i) => `${" ".repeat(i * 2)}- a\n`).join("")
  const wide = Math.floor(length / 8)
  return [
    ...units.map((unit) => repeated(unit, length)),
    "[".repeat(half) + "]".repeat(half),
    `${"*".repeat(half)}a${"*".repeat(half)}`,
    `${"|a".repeat(wide)}|\n${"|-".repeat(wide)}|\n${repeated("|\n", half)}`,
    `${"|a".repeat(1000)}|\n${"|-".repeat(1000)}|\n${repeated("|\n", length)}`,
    repeated(stairs, length),
    `[a]: b\n\n${repeated("[a][", length)}`,
    `[${"a".repeat(half)}](b)`,
    `[a](http://${repeated("漢字仮名交じり文", half)}/)`,
    `>#\n${repeated("[a]: b\n", length)}`,
  ]
}
