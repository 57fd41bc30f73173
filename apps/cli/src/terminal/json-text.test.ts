import { printable } from "@strudel-agent/importer/printable"
import { expect, it } from "vitest"
import { jsonText } from "./json-text.ts"

it("writes JSON that no terminal acts upon and that reads as it was", () => {
  const value = { name: "\u001b[2J\u007f\u009b2J\u202e家\u2069\u061c 👩\u200d🎤 \\u009b", list: [1, null] }
  for (const text of [jsonText(value), jsonText(value, 2)]) {
    expect(printable(text)).toBe(text)
    expect(text).not.toMatch(/\u061c/)
    expect(JSON.parse(text)).toEqual(value)
  }
  expect(jsonText({ a: "ü" })).toBe('{"a":"ü"}')
})
