import { expect, it } from "vitest"
import { withoutTerminalCodes } from "./terminal-codes.ts"

it.each([
  ["no codes: [1m ]0; \\x1b", "no codes: [1m ]0; \\x1b", 0],
  ["\u001b[1mbold\u001b[22m", "bold", 2],
  ["\u001b[38;5;196mred\u001b[0;39m", "red", 2],
  ["\u001b[2K\u001b[1A\rgone", "\rgone", 2],
  ["\u001b]0;a title\u0007text", "text", 1],
  ["\u001b]8;;https://x.y\u001b\\link\u001b]8;;\u001b\\", "link", 2],
  ["\u001b]0;no end\nmy words", "0;no end\nmy words", 1],
  ["\u001bPq#0\u001b\\after", "after", 1],
  ["\u009b31mred\u009b0m", "red", 2],
  ["\u001b(Bascii\u001b=", "ascii", 2],
  ["bell\u0007 and back\b", "bell and back", 2],
  ["cut \u001b[", "cut ", 1],
  ["cut \u001b", "cut ", 1],
  ["\u001b\u001b[0mtwo", "two", 2],
])("takes the codes out of %j", (text, plain, count) =>
  expect(withoutTerminalCodes(text)).toEqual({ text: plain, count }),
)
