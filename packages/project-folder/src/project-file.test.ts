import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseProject, printProject } from "./project-file.ts"

const folderName = "night.drive"

describe("index.md", () => {
  const text = "# Night Drive\n\nA set.\n\n## Stats\n\n- 14 clips\n"

  it("reads all text below the title as the description", () => {
    expect(parseProject({ folderName, text })).toEqual({
      name: "Night Drive",
      description: "A set.\n\n## Stats\n\n- 14 clips",
      warnings: [],
    })
  })

  it("changes only what was edited", () => {
    const before = parseProject({ folderName, text })
    expect(printProject({ folderName, original: text, ...before, name: "Day" })).toBe(
      text.replace("Night Drive", "Day"),
    )
    expect(
      printProject({ folderName, original: text, ...before, description: before.description.replace("14", "15") }),
    ).toBe(text.replace("14", "15"))
  })

  it("may be missing: it is written only where something was edited", () => {
    const before = parseProject({ folderName: "my.md", text: undefined })
    expect(before).toEqual({ name: "my.md", description: "", warnings: [] })
    expect(printProject({ folderName: "my.md", original: null, ...before })).toBeUndefined()
    expect(printProject({ folderName, original: null, name: "Named", description: "" })).toBe("# Named\n")
    expect(printProject({ folderName, original: undefined, name: folderName, description: "Text" })).toBe(
      "# night.drive\n\nText\n",
    )
  })

  it("comes back byte for byte, whatever it holds", () => {
    const line = fc.oneof(
      fc.constantFrom("# A", "#", "# B #", "```", "    x", "", "\ufeff", "---"),
      fc.string({ unit: "binary" }),
    )
    const file = fc.tuple(fc.array(line), fc.constantFrom("\n", "\r\n", "\r")).map(([lines, end]) => lines.join(end))
    fc.assert(
      fc.property(file, (original) => {
        expect(printProject({ folderName, original, ...parseProject({ folderName, text: original }) })).toBe(original)
      }),
      { numRuns: 500 },
    )
  })
})
