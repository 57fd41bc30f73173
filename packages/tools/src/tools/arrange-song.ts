import { limits } from "@strudel-agent/contract/limits"
import { Slug, shortText } from "@strudel-agent/contract/text"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { inMarkdown, namedMissing, orNothing, refuseStale } from "../arranged.ts"
import { defineTool } from "../define-tool.ts"
import { expectedVersionField, idField, nameField, originFields, projectField } from "../fields.ts"
import { someInWords } from "../list-thing.ts"
import { originOf } from "../origin.ts"
import { someAtOnce } from "../some-at-once.ts"
import type { ToolContext } from "../tool.ts"
import { type Item, pageOf, uriOf } from "../uri.ts"

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
type Input = z.output<typeof input>

/** Names of the clips; refused where the project does not have one of them. */
async function namesOfClips(
  { project, sections }: Input,
  { client, signal }: ToolContext,
): Promise<Map<string, string>> {
  const ids = [...new Set(sections.flatMap(({ clips }) => clips))]
  const found = await someAtOnce(ids, async (id) => ({
    id,
    name: (await orNothing(client.clip.byId.query({ projectId: project, id }, { signal })))?.name,
  }))
  const missing = found.flatMap(({ id, name }) => (name === undefined ? [id] : []))
  if (missing.length > 0) {
    throw new ToolProblem(
      `sections: the project "${project}" has no clips ${someInWords(missing, namedMissing)}. Save them with save_clip first, or list the clips there are (list, kind: clip, project: ${project}).`,
    )
  }
  return new Map(found.map(({ id, name }) => [id, name ?? id]))
}

/** A song as its text lists it: a heading with its bars for each section, and a link to each of its clips. */
function textOf({ about, sections }: Input, name: string, names: Map<string, string>): string {
  const parts = sections.map((section) => {
    const links = section.clips.map((id) => `- [${inMarkdown(names.get(id) ?? id)}](clip:${id})`)
    return [
      `## ${inMarkdown(section.name)} (${section.bars} ${section.bars === 1 ? "bar" : "bars"})`,
      "",
      ...links,
    ].join("\n")
  })
  return `${[`# ${inMarkdown(name)}`, ...(about ? [about] : []), ...parts].join("\n\n")}\n`
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
    const { client, signal, pageUrl } = context
    const { project: projectId, id, sections, expected_version: expectedVersion } = asked
    const clipIds = sections.flatMap(({ clips }) => clips)
    if (clipIds.length > limits.parts)
      throw new ToolProblem(`sections: at most ${limits.parts} clips in all of them together, not ${clipIds.length}.`)
    const former = await orNothing(client.song.byId.query({ projectId, id }, { signal }))
    const names = await namesOfClips(asked, context)
    const name = asked.name ?? former?.name ?? id
    const body = textOf(asked, name, names)
    refuseStale({ kind: "song", expected: expectedVersion, stored: former, text: body })
    const fields = {
      projectId,
      id,
      name,
      body,
      clipIds,
      origin: await originOf(asked, context),
    }
    const song = former
      ? await client.song.update.mutate({ ...fields, expectedVersion }, { signal })
      : await client.song.create.mutate(fields, { signal })
    const item: Item = { kind: "song", projectId, id }
    const bars = sections.reduce((sum, section) => sum + section.bars, 0)
    const order = sections
      .map((section) => `${section.name} (${section.bars}): ${section.clips.join(" + ")}`)
      .join("\n")
    const text = `${former ? "Rearranged" : "Created"} ${uriOf(item)}, version ${song.version}, ${bars} bars.\n${order}`
    return {
      text,
      data: { uri: uriOf(item), version: song.version, created: !former, bars, page: pageOf(item, pageUrl) },
    }
  },
})
