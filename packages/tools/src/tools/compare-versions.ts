import { sequenceCalls } from "@strudel-agent/client/sequences"
import { sequenceParts } from "@strudel-agent/contract/item"
import { wholeNumber } from "@strudel-agent/contract/text"
import { createTwoFilesPatch } from "diff"
import { z } from "zod"
import { sinceBefore } from "../clip-sound.ts"
import { defineTool, reads } from "../define-tool.ts"
import { detailField, uriField } from "../fields.ts"
import type { ToolContext } from "../tool.ts"
import { uriOf, type VersionedItem, versionedOf } from "../uri.ts"

/** Characters of a difference that a short answer shows. */
const shortDiff = 4000

/** Lines that differ, and milliseconds, beyond which texts are not compared: nothing else is answered meanwhile. */
const bounds = { maxEditLength: 2000, timeout: 200 }

interface Text {
  version: number
  text: string
}

/** What is compared of an item: its code or its text, at a version or as it is. */
async function textOf(
  { kind, projectId, id }: VersionedItem,
  version: number | undefined,
  { client, signal }: ToolContext,
): Promise<Text> {
  const key = { projectId, id }
  if (kind === "clip") {
    const clip =
      version === undefined
        ? await client.clip.byId.query(key, { signal })
        : await client.clip.version.query({ ...key, version }, { signal })
    return { version: clip.version, text: clip.code }
  }
  const calls = sequenceCalls(kind, client)
  const sequence =
    version === undefined ? await calls.byId(key, { signal }) : await calls.version({ ...key, version }, { signal })
  const order = `${sequenceParts[kind].parts}: ${sequence.partIds.join(", ")}`
  return { version: sequence.version, text: `${order}\n${sequence.body}` }
}

/** What became of a text, line by line; undefined where too much of it did. */
const patchOf = (before: Text, after: Text): string | undefined =>
  createTwoFilesPatch(
    `version ${before.version}`,
    `version ${after.version}`,
    before.text,
    after.text,
    undefined,
    undefined,
    bounds,
  )?.replace(/^=+\n/, "")

/** The difference of two texts that are not the same, in full or as its beginning. */
function diffOf({
  item,
  before,
  after,
  detail,
}: {
  item: VersionedItem
  before: Text
  after: Text
  detail: boolean
}): string {
  const whole = patchOf(before, after)
  if (whole === undefined) {
    const [one, other] = [before, after].map(({ version }) => uriOf({ ...item, version }))
    return `Versions ${before.version} and ${after.version} are too different to compare line by line: read both, ${one} and ${other}.`
  }
  return detail || whole.length <= shortDiff ? whole : `${whole.slice(0, shortDiff)}\n… (detail: true gives all of it)`
}

/** What became of a clip's sound between two versions, in a line; undefined of others, and where either is not measured. */
async function soundBetween(
  { kind, projectId, id }: VersionedItem,
  { from, to }: { from: number; to: number },
  { client, signal }: ToolContext,
): Promise<string | undefined> {
  if (kind !== "clip" || from === to) return undefined
  return sinceBefore(await client.clip.audio.query({ projectId, id, version: to, since: from }, { signal }))
}

export const compareVersions = defineTool({
  name: "compare_versions",
  title: "Compare two versions",
  description:
    "Show what changed between two versions of a clip, song or playlist as a diff: by default what the last change did. Use it when the person asks what changed, or before you restore one.",
  input: z.strictObject({
    uri: uriField,
    from: wholeNumber(1).optional().describe("Default: the one before `to`"),
    to: wholeNumber(1).optional().describe("Default: as it is"),
    detail: detailField,
  }),
  output: z.object({
    uri: z.string(),
    from: z.number(),
    to: z.number(),
    same: z.boolean(),
    diff: z.string(),
    sound: z.string().optional(),
  }),
  hints: reads,
  async run({ uri, from, to, detail }, context) {
    const item = versionedOf(uri)
    const after = await textOf(item, to ?? item.version, context)
    const before = await textOf(item, from ?? Math.max(1, after.version - 1), context)
    const same = before.text === after.text
    const diff = same ? "" : diffOf({ item, before, after, detail })
    const text = same ? `Versions ${before.version} and ${after.version} have the same text.` : diff
    const sound = await soundBetween(item, { from: before.version, to: after.version }, context)
    return {
      text: sound === undefined ? text : `${text}\nIts sound: ${sound}`,
      data: {
        ...{ uri: uriOf(item), from: before.version, to: after.version, same, diff },
        ...(sound === undefined ? {} : { sound }),
      },
    }
  },
})
