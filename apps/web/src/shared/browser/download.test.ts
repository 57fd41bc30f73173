import { describe, expect, it } from "vitest"
import { fileName } from "./download.ts"

describe("the name of a file", () => {
  it.each([
    ["Night Drive", "Night Drive.wav"],
    ["../../etc/passwd", "etc passwd.wav"],
    ['a/b\\c:d*e?"f<g>|h', "a b c d e f g h.wav"],
    ["Über ♥", "Über ♥.wav"],
    [" ... ", "untitled.wav"],
    ["x".repeat(300), `${"x".repeat(100)}.wav`],
  ])("of %j is %j", (name, expected) => {
    expect(fileName(name, "wav")).toBe(expected)
  })
})
