import { execFileSync } from "node:child_process"
import { printable } from "@strudel-agent/importer/printable"
import { expect, it } from "vitest"
import { shellWord } from "./shell.ts"

it.each([
  ["kick.js", "kick.js"],
  ["", "''"],
  ["two words", "'two words'"],
  ["it's", "'it'\\''s'"],
  ["\u001b[2J", "$'\\x1b[2J'"],
  ["\u009b2J", "$'\\xc2\\x9b2J'"],
  ["a\u202eb", "$'a\\xe2\\x80\\xaeb'"],
])("writes %j as a shell takes it", (text, word) => {
  expect(shellWord(text)).toBe(word)
})

it.each([
  "\u001b]0;title\u0007 it's \\x41 \u007fa",
  "one\ntwo\r\n\tthree",
  "\u0085\u009b31m\u061c\u200e\u2066家\u2069\u2028\u2029\u{e0001}",
  '\u001bbeef $HOME `id` $(id) "!"',
  "👩\u200d🎤",
])("writes %j so that no terminal acts upon it and a shell reads the same", (text) => {
  const word = shellWord(text)
  expect(word).not.toMatch(/\n|\t/)
  expect(printable(word)).toBe(word)
  expect(execFileSync("bash", ["-c", `printf %s ${word}`]).toString()).toBe(text)
})
