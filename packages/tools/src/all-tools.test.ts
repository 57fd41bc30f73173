import { describe, expect, it } from "vitest"
import { allTools, chooseTools } from "./all-tools.ts"
import { jsonSchemaOf } from "./json-schema.ts"

/** Characters that a token has on average. */
const charactersPerToken = 4

const told = allTools.map(({ name, title, description, input, output, hints }) => ({
  ...{ name, title, description },
  inputSchema: jsonSchemaOf(input, "input"),
  outputSchema: jsonSchemaOf(output, "output"),
  annotations: hints,
}))

describe("the tools", () => {
  it("are at most 16, and their list is under 6,000 tokens", () => {
    expect(allTools.length).toBeLessThanOrEqual(16)
    expect(JSON.stringify(told).length / charactersPerToken).toBeLessThan(6000)
  })

  it("have names, titles and descriptions of their own that say when they are chosen", () => {
    for (const key of ["name", "title", "description"] as const) {
      expect(new Set(allTools.map((tool) => tool[key])).size).toBe(allTools.length)
    }
    for (const { name, description } of allTools) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/)
      expect(description.length).toBeGreaterThan(100)
    }
  })

  it("say of what only reads that it destroys nothing and may be repeated", () => {
    for (const { hints } of allTools.filter((tool) => tool.hints.readOnly)) {
      expect(hints).toMatchObject({ destructive: false, idempotent: true })
    }
  })
})

describe("a choice of tools", () => {
  it("leaves only what changes nothing, or what is named", () => {
    expect(chooseTools({ readOnly: true }).every(({ hints }) => hints.readOnly)).toBe(true)
    expect(chooseTools({ only: ["read", "search"] }).map(({ name }) => name)).toEqual(["search", "read"])
    expect(chooseTools({ readOnly: true, only: ["save_clip"] })).toEqual([])
    expect(chooseTools({})).toEqual(allTools)
  })

  it("refuses a list that names no tool, which would leave all of them", () => {
    expect(() => chooseTools({ only: [] })).toThrow(/names none.*save_clip/)
  })

  it("refuses a name that no tool has, with the nearest", () => {
    expect(() => chooseTools({ only: ["save_clp"] })).toThrow(/save_clp.*save_clip/)
  })
})
