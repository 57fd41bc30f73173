import { printable } from "@strudel-agent/importer/printable"
import { createTwoFilesPatch } from "diff"
import type { Output } from "../terminal/io.ts"

/** Milliseconds after which two texts are too different to be compared line by line. */
const longest = 5000
const reset = "\u001b[39m"
const colours: Record<string, string> = { "+": "\u001b[32m", "-": "\u001b[31m", "@": "\u001b[36m" }

export interface NamedText {
  name: string
  text: string
}

/** What changed between two texts as a unified diff; empty where they are equal. */
export function diffTexts(before: NamedText, after: NamedText): string {
  if (before.text === after.text) return ""
  const patch = createTwoFilesPatch(before.name, after.name, before.text, after.text, "", "", { timeout: longest })
  if (patch !== undefined) return patch.replace(/^=+\n/, "").replace(/^((?:---|\+\+\+) .*?)\t$/gm, "$1")
  const lines = (sign: string, text: string) => text.split("\n").map((line) => `${sign}${line}`)
  return [`--- ${before.name}`, `+++ ${after.name}`, ...lines("-", before.text), ...lines("+", after.text), ""].join(
    "\n",
  )
}

/** A diff in colours where people read it, and as it is where a program does. */
export function shownDiff(diff: string, output: Output): string {
  if (!output.isTTY) return diff
  if (!output.hasColors?.()) return printable(diff)
  return printable(diff)
    .split("\n")
    .map((line) => {
      const colour = colours[line.charAt(0)]
      return colour ? `${colour}${line}${reset}` : line
    })
    .join("\n")
}
