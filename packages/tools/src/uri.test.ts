import { itemKinds } from "@strudel-agent/contract/item"
import { describe, expect, it } from "vitest"
import { itemOf, parseUri, uriOf, wholeThingOf } from "./uri.ts"

describe.each(itemKinds)("the address of a %s", (kind) => {
  const item = { kind, projectId: "house", id: "a-1" }

  it("is read as it was written, with a version and without", () => {
    expect(parseUri(uriOf(item))).toEqual(item)
    expect(itemOf(uriOf({ ...item, version: 3 }))).toEqual({ ...item, version: 3 })
  })

  it("is refused with a version where the whole is changed or deleted, with the address to use", () => {
    expect(wholeThingOf(uriOf(item))).toEqual(item)
    expect(() => wholeThingOf(uriOf({ ...item, version: 3 }))).toThrow(`call again with strudel://${kind}/house/a-1.`)
  })
})

it("takes a project for no item", () => {
  expect(wholeThingOf("strudel://project/house")).toEqual({ kind: "project", id: "house" })
  expect(() => itemOf("strudel://project/house")).toThrow("is a project; this tool takes a clip")
})
