import { wholeNumber } from "@strudel-agent/contract/text"
import { z } from "zod"
import { defineTool, reads } from "../define-tool.ts"
import { detailField, uriField } from "../fields.ts"
import { readThing } from "../read-thing.ts"
import { pageOf, thingOf, uriOf } from "../uri.ts"

export const read = defineTool({
  name: "read",
  title: "Read one thing",
  description:
    "Read a clip with its code, a former version of it, a song, a playlist, the messages of a session, or a project's index, by its uri. Always read a clip or song before you change it: the answer tells the version that a change needs.",
  input: z.strictObject({
    uri: uriField,
    detail: detailField,
    before: wholeNumber(0).optional().describe("Session: messages before this index"),
  }),
  output: z.object({
    uri: z.string(),
    name: z.string(),
    version: z.number().optional(),
    code: z.string().optional(),
    page: z.string().describe("Where people open it"),
  }),
  hints: reads,
  async run({ uri, detail, before }, context) {
    const thing = thingOf(uri)
    const { text, ...rest } = await readThing(thing, { detail, before }, context)
    return { text, data: { uri: uriOf(thing), ...rest, page: pageOf(thing, context.pageUrl) } }
  },
})
