import { limits } from "@strudel-agent/contract/limits"
import { Slug, shortText } from "@strudel-agent/contract/text"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { arrange, inMarkdown, linkTo } from "../arranged.ts"
import { defineTool } from "../define-tool.ts"
import { expectedVersionField, idField, nameField, originFields, projectField } from "../fields.ts"

const Section = z.strictObject({
  name: nameField,
  bars: z.number().int().min(1, "at least 1").max(999, "at most 999").describe("Cycles"),
  clips: z.array(Slug).min(1, "at least 1 clip").max(50, "at most 50 clips").describe("Ids that play together"),
})

const input = z.strictObject({
  project: projectField,
  id: idField,
  name: nameField.optional(),
  about: shortText(2000).optional().describe("A few words above the sections"),
  sections: z.array(Section).min(1, "at least 1 section").max(limits.parts, `at most ${limits.parts} sections`),
  expected_version: expectedVersionField.optional(),
  ...originFields,
})

/** A section as the song's text has it: a heading with its bars, and its clips. */
function inText({ name, bars, clips }: z.output<typeof Section>, nameOf: (id: string) => string): string {
  const heading = `## ${inMarkdown(name)} (${bars} ${bars === 1 ? "bar" : "bars"})`
  return [heading, "", ...clips.map((id) => linkTo("clip", id, nameOf(id)))].join("\n")
}

export const arrangeSong = defineTool({
  name: "arrange_song",
  title: "Arrange a song",
  description:
    "Create or rearrange a song: sections in order, such as intro, verse, drop, each with its bars and the clips that play together in it. The clips must be saved in the same project. To change one, read it and pass expected_version.",
  input,
  output: z.object({ uri: z.string(), version: z.number(), created: z.boolean(), bars: z.number(), page: z.string() }),
  hints: { readOnly: false, destructive: false, idempotent: false, openWorld: false },
  async run(asked, context) {
    const { sections } = asked
    const partIds = sections.flatMap(({ clips }) => clips)
    if (partIds.length > limits.parts)
      throw new ToolProblem(`sections: at most ${limits.parts} clips in all of them together, not ${partIds.length}.`)
    const { text, data } = await arrange(
      asked,
      { kind: "song", partIds, field: "sections", list: (nameOf) => sections.map((each) => inText(each, nameOf)) },
      context,
    )
    const bars = sections.reduce((sum, section) => sum + section.bars, 0)
    const order = sections.map(({ name, bars: own, clips }) => `${name} (${own}): ${clips.join(" + ")}`).join("\n")
    return { text: `${text}, ${bars} bars.\n${order}`, data: { ...data, bars } }
  },
})
