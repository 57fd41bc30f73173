import { expect, it } from "vitest"
import { readPads } from "./kept-pads.ts"

it.each([
  ["", []],
  ['["b","a"]', ["b", "a"]],
  ['["a",1,"a",null]', ["a"]],
  ['{"a":1}', []],
  ["[", []],
])("reads what a browser kept: %j", (text, expected) => {
  expect(readPads(text)).toEqual(expected)
})
