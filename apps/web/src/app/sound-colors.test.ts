import { readFileSync } from "node:fs"
import { palette } from "@strudel-agent/strudel/palette"
import { expect, it } from "vitest"

it("the page's colours of sounds are those of the palette", () => {
  const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8")
  const found = [...css.matchAll(/--sound-(\d+): light-dark\((#\w+), (#\w+)\)/g)]
  expect(found.map(([, index]) => Number(index))).toEqual(Array.from({ length: 12 }, (_, index) => index))
  expect(found.map(([, , light]) => light)).toEqual(palette.light)
  expect(found.map(([, , , dark]) => dark)).toEqual(palette.dark)
})
