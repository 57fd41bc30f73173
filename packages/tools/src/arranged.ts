import { reasonOf } from "@strudel-agent/client/reason"
import { sequenceCalls } from "@strudel-agent/client/sequences"
import { type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { isItemReason } from "@strudel-agent/contract/item-reason"
import { someAtOnce } from "@strudel-agent/contract/some-at-once"
import { ToolProblem } from "./advice.ts"
import { someInWords } from "./list-thing.ts"
import { originOf } from "./origin.ts"
import { callsAtOnce, type ToolContext } from "./tool.ts"
import { type Item, pageOf, uriOf } from "./uri.ts"

/** Missing parts that a refusal names. */
const namedMissing = 10

/** The item, or undefined where there is none; whatever else goes wrong is thrown. */
async function orNothing<Found>(finding: Promise<Found>): Promise<Found | undefined> {
  try {
    return await finding
  } catch (error) {
    if (isItemReason("missing", reasonOf(error))) return undefined
    throw error
  }
}

/** How parts come to be that a project does not have. */
const makings = { clip: "Save them with save_clip", song: "Make them with arrange_song" }

interface Parts {
  kind: SequenceKind
  projectId: string
  ids: readonly string[]
  /** The field of the input that has them. */
  field: string
}

/** Names of parts; refused where the project does not have one of them. */
async function namesOfParts({ kind, projectId, ids, field }: Parts, { client, signal, proposed }: ToolContext) {
  const { part, parts } = sequenceParts[kind]
  const found = await someAtOnce([...new Set(ids)], callsAtOnce, async (id) => {
    const stored = await orNothing<{ name: string }>(client[part].byId.query({ projectId, id }, { signal }))
    return { id, name: stored?.name ?? (await proposed?.({ kind: part, projectId, id })) }
  })
  const missing = found.flatMap(({ id, name }) => (name === undefined ? [id] : []))
  if (missing.length > 0) {
    throw new ToolProblem(
      `${field}: the project "${projectId}" has no ${parts} ${someInWords(missing, namedMissing)}. ${makings[part]} first, or list the ${parts} there are (list, kind: ${part}, project: ${projectId}).`,
    )
  }
  const names = new Map(found.map(({ id, name }) => [id, name ?? id]))
  return (id: string) => names.get(id) ?? id
}

interface Stale {
  kind: SequenceKind
  expected: number | undefined
  stored: { version: number; body: string } | undefined
  /** The text that was to be stored. */
  text: string
}

/** Refuses a change of what is not as the caller has read it, with both texts. */
function refuseStale({ kind, expected, stored, text }: Stale): void {
  if (stored === undefined || stored.version === expected) return
  const why =
    expected === undefined
      ? `The ${kind} exists already, as version ${stored.version}: say expected_version: ${stored.version} to change it, or choose another id.`
      : `The ${kind} is at version ${stored.version}, not ${expected}: somebody changed it. Put both together and call again with expected_version: ${stored.version}.`
  throw new ToolProblem(
    [
      why,
      "",
      `--- what is stored (version ${stored.version}):`,
      stored.body,
      "",
      "--- yours, which is not stored:",
      text,
    ].join("\n"),
  )
}

/** A name as a link's text or a heading has it. */
export const inMarkdown = (name: string): string =>
  name
    .replace(/\s+/g, " ")
    .replace(/[\\[\]<>*_`#()]/g, "\\$&")
    .trim()

/** A part as a text lists it. */
export const linkTo = (kind: "clip" | "song", id: string, name: string): string =>
  `- [${inMarkdown(name)}](${kind}:${id})`

interface Asked {
  project: string
  id: string
  name?: string | undefined
  about?: string | undefined
  expected_version?: number | undefined
  session_id?: string | undefined
  message_index?: number | undefined
}

interface Arrangement {
  kind: SequenceKind
  partIds: string[]
  field: string
  /** The paragraphs that list the parts. */
  list(nameOf: (id: string) => string): string[]
}

/** Makes a song or playlist, or changes one that is as the caller has read it; its text lists its parts. */
export async function arrange(asked: Asked, { kind, partIds, field, list }: Arrangement, context: ToolContext) {
  const { client, signal, pageUrl } = context
  const { project: projectId, id, about, expected_version: expectedVersion } = asked
  const { byId, create, update } = sequenceCalls(kind, client)
  const former = await orNothing(byId({ projectId, id }, { signal }))
  const nameOf = await namesOfParts({ kind, projectId, ids: partIds, field }, context)
  const name = asked.name ?? former?.name ?? id
  const body = `${[`# ${inMarkdown(name)}`, ...(about ? [about] : []), ...list(nameOf)].join("\n\n")}\n`
  refuseStale({ kind, expected: expectedVersion, stored: former, text: body })
  const fields = { projectId, id, name, body, partIds, origin: await originOf(asked, context) }
  const { version } = former
    ? await update({ ...fields, expectedVersion }, { signal })
    : await create(fields, { signal })
  const item: Item = { kind, projectId, id }
  return {
    text: `${former ? "Rearranged" : "Created"} ${uriOf(item)}, version ${version}`,
    data: { uri: uriOf(item), version, created: !former, page: pageOf(item, pageUrl) },
  }
}
