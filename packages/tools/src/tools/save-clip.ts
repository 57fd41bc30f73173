import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { longText, shortText } from "@strudel-agent/contract/text"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { sinceBefore, soundOf } from "../clip-sound.ts"
import { defineTool } from "../define-tool.ts"
import { expectedVersionField, Heard, idField, nameField, originFields, projectField, tagsField } from "../fields.ts"
import { hear, heardInWords } from "../hear.ts"
import { originOf } from "../origin.ts"
import type { ToolContext } from "../tool.ts"
import { type Item, pageOf, uriOf } from "../uri.ts"

const input = z.strictObject({
  project: projectField,
  id: idField,
  code: longText(limits.codeBytes).optional().describe("All of the code; needed for a new clip"),
  name: nameField.optional(),
  tags: tagsField.optional(),
  bpm: z.number().positive("must be above 0").max(10_000, "at most 10,000").optional(),
  description: shortText(2000).optional(),
  expected_version: expectedVersionField.optional(),
  even_if_broken: z.boolean().default(false).describe("Store code that does not play"),
  ...originFields,
})
type Input = z.output<typeof input>
type Clip = Awaited<ReturnType<ToolContext["client"]["clip"]["byId"]["query"]>>

async function findClip({ project, id }: Input, { client, signal }: ToolContext): Promise<Clip | undefined> {
  try {
    return await client.clip.byId.query({ projectId: project, id }, { signal })
  } catch (error) {
    if (reasonOf(error) === "CLIP_NOT_FOUND") return undefined
    throw error
  }
}

/** What the clip's metadata becomes: what is not said stays as it is. */
function metadataOf({ tags, bpm, description }: Input, former: Clip["metadata"]): Clip["metadata"] {
  return {
    ...former,
    ...(tags === undefined ? {} : { tags }),
    ...(bpm === undefined ? {} : { bpm }),
    ...(description === undefined ? {} : { description }),
  }
}

/** Refuses a change of what is not as the caller has read it, with both texts. */
function staleClip(clip: Clip, { expected_version, code }: Input): ToolProblem {
  const why =
    expected_version === undefined
      ? `The clip exists already, as version ${clip.version}: say expected_version: ${clip.version} to change it, or choose another id.`
      : `The clip is at version ${clip.version}, not ${expected_version}: somebody changed it. Put both together and save with expected_version: ${clip.version}.`
  const yours = code === undefined ? [] : ["", "--- your code, which is not stored:", code]
  return new ToolProblem([why, "", `--- what is stored (version ${clip.version}):`, clip.code, ...yours].join("\n"))
}

async function store(asked: Input, former: Clip | undefined, context: ToolContext) {
  const { client, signal } = context
  const { project: projectId, id, code, name, expected_version: expectedVersion } = asked
  const origin = await originOf(asked, context)
  const metadata = metadataOf(asked, former?.metadata ?? {})
  if (former)
    return client.clip.update.mutate({ projectId, id, code, name, metadata, expectedVersion, origin }, { signal })
  if (code === undefined)
    throw new ToolProblem(`code: there is no clip "${id}" in "${projectId}" yet, and a new clip needs its code.`)
  return client.clip.create.mutate({ projectId, id, name: name ?? id, code, metadata, origin }, { signal })
}

/** Milliseconds for which an answer waits for what the change did to the sound. */
const patience = 6_000

/** What a change of code did to the sound, in a line; undefined where that is not measured in time. */
async function changeOfSound(key: Pick<Clip, "projectId" | "id" | "version">, context: ToolContext) {
  try {
    return sinceBefore(await soundOf(key, context, patience))
  } catch (error) {
    if (context.signal?.aborted) throw error
    // What is stored is stored, whether it is measured or not.
    return undefined
  }
}

export const saveClip = defineTool({
  name: "save_clip",
  title: "Save a clip",
  description:
    "Create a clip, or change its code, name or tags; every change is a version that can be restored. It listens first: code with an error is refused with the line and what exists instead. To change one, read it and pass expected_version; a stale one is refused with both texts.",
  input,
  output: Heard.extend({
    uri: z.string(),
    version: z.number(),
    created: z.boolean(),
    page: z.string(),
    sound: z.string().optional().describe("What the change did to the sound"),
  }),
  hints: { readOnly: false, destructive: false, idempotent: false, openWorld: false },
  async run(asked, context) {
    const item: Item = { kind: "clip", projectId: asked.project, id: asked.id }
    const former = await findClip(asked, context)
    if (former && asked.expected_version !== former.version) throw staleClip(former, asked)
    const heard = await hear(context.client, asked.code ?? former?.code ?? "", { signal: context.signal })
    if (heard.errors.length > 0 && asked.code !== undefined && !asked.even_if_broken) {
      throw new ToolProblem(
        `Nothing is stored, for the code does not play.\n${heardInWords(heard)}\nMend it and save it again, or pass even_if_broken: true.`,
      )
    }
    const clip = await store(asked, former, context).catch(async (error: unknown) => {
      const reason = reasonOf(error)
      const current = reason === "CLIP_CHANGED" || reason === "CLIP_EXISTS" ? await findClip(asked, context) : undefined
      throw current ? staleClip(current, asked) : error
    })
    // A proposal has the version that it was made on, of which the sound is another one.
    const isOther = former !== undefined && clip.version > former.version && former.code !== clip.code
    const { projectId, id, version } = clip
    const sound = isOther && heard.plays ? await changeOfSound({ projectId, id, version }, context) : undefined
    const lines = [
      `${former ? "Changed" : "Created"} ${uriOf(item)}, version ${version}.`,
      heardInWords(heard),
      ...(sound === undefined ? [] : [`Its sound: ${sound}`]),
    ]
    return {
      text: lines.join("\n"),
      data: {
        ...heard,
        ...(sound === undefined ? {} : { sound }),
        uri: uriOf(item),
        version: clip.version,
        created: !former,
        page: pageOf(item, context.pageUrl),
      },
    }
  },
})
