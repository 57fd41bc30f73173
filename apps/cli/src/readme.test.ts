import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { runCommand } from "./testing/run-command.ts"

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8")
const shown = [...readme.matchAll(/^npm run -s cli -- (.*?)(?: +# .*)?$/gm)].map(([, words]) => words ?? "")

it("shows commands of every kind", () => {
  expect(shown.length).toBeGreaterThan(8)
})

it.each(shown)("shows `%s` as its help has it", async (line) => {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "")
  const help = await runCommand("http://127.0.0.1:1", [...words.filter((word) => word !== "--help"), "--help"])
  expect(help.code).toBe(0)
  for (const option of words.filter((word) => word.startsWith("-"))) expect(help.stdout).toContain(option)
  const command = /^Usage: strudel-agent(?: ([a-z-]+))?(?:\|\S+)?(?: ([a-z-]+))?/.exec(help.stdout)
  if (words[0] !== "--help") expect(command?.[1]).toBe(words[0])
})

it.each([0, 1, 2, 3, 4, 5, 6, 130])("tells what the exit code %i means as the help does", async (code) => {
  const help = await runCommand("http://127.0.0.1:1", ["--help"])
  const codes = (text: string) => text.replace(/\s+/g, " ")
  expect(codes(help.stdout)).toMatch(new RegExp(`[ :,]${code} [a-z]`))
  expect(codes(readme)).toMatch(new RegExp(`[ :]${code} [a-z]`))
})
