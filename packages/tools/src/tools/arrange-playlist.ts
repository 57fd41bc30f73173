import { limits } from "@strudel-agent/contract/limits"
import { Slug, shortText } from "@strudel-agent/contract/text"
import { z } from "zod"
import { arrange, linkTo } from "../arranged.ts"
import { defineTool } from "../define-tool.ts"
import { expectedVersionField, idField, nameField, originFields, projectField } from "../fields.ts"

const input = z.strictObject({
  project: projectField,
  id: idField,
  name: nameField.optional(),
  about: shortText(2000).optional(),
  songs: z
    .array(Slug)
    .min(1, "at least 1 song")
    .max(limits.parts, `at most ${limits.parts} songs`)
    .describe("Song ids in order"),
  expected_version: expectedVersionField.optional(),
  ...originFields,
})

export const arrangePlaylist = defineTool({
  name: "arrange_playlist",
  title: "Arrange a playlist",
  description:
    "Create or reorder a playlist, such as a set for a night: songs of one project in order. To change one, read it and pass expected_version.",
  input,
  output: z.object({ uri: z.string(), version: z.number(), created: z.boolean(), page: z.string() }),
  hints: { readOnly: false, destructive: false, idempotent: false, openWorld: false },
  async run(asked, context) {
    const { songs } = asked
    const { text, data } = await arrange(
      asked,
      {
        kind: "playlist",
        partIds: songs,
        field: "songs",
        list: (nameOf) => [songs.map((id) => linkTo("song", id, nameOf(id))).join("\n")],
      },
      context,
    )
    return { text: `${text}: ${songs.join(", ")}.`, data }
  },
})
