import { sequenceCalls } from "@strudel-agent/client/sequences"
import { sequenceParts } from "@strudel-agent/contract/item"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { defineTool } from "../define-tool.ts"
import { uriField } from "../fields.ts"
import type { ToolContext } from "../tool.ts"
import { type Thing, uriOf, wholeThingOf } from "../uri.ts"

interface Deletion {
  what: string
  /** How it can be had again. */
  undo: string
  act(): Promise<unknown>
}

/** Metadata as an undo tells it; it has to be told, for nobody can read it afterwards. */
const metadataInWords = (metadata: Record<string, unknown>): string =>
  `its metadata, which was ${JSON.stringify(metadata)}`

async function deletionOf(thing: Thing, { client, signal }: ToolContext): Promise<Deletion> {
  if (thing.kind === "clip") {
    const key = { projectId: thing.projectId, id: thing.id }
    const { name, code, version, metadata } = await client.clip.byId.query(key, { signal })
    return {
      what: `the clip "${name}" with its ${version} versions`,
      undo: `save_clip with project: ${thing.projectId}, id: ${thing.id}, name: ${name}, ${metadataInWords(metadata)} (tags, bpm and description are fields of save_clip) and this code, which begins its versions anew:\n${code}`,
      act: () => client.clip.delete.mutate({ ...key, expectedVersion: version }, { signal }),
    }
  }
  if (thing.kind === "song" || thing.kind === "playlist") {
    const { kind, projectId, id } = thing
    const { byId, remove } = sequenceCalls(kind, client)
    const { name, version, partIds, body, metadata } = await byId({ projectId, id }, { signal })
    const { parts } = sequenceParts[kind]
    const ids = partIds.join(", ")
    const order = kind === "song" ? `clips ${ids}, as its text had them` : `songs: ${ids}`
    return {
      what: `the ${kind} "${name}" with its ${version} versions; its ${parts} stay`,
      undo: `arrange_${kind} with project: ${projectId}, id: ${id}, name: ${name}, ${order}, then rename_or_tag for the tags of ${metadataInWords(metadata)}. Its text:\n${body}`,
      act: () => remove({ projectId, id, expectedVersion: version }, { signal }),
    }
  }
  if (thing.kind === "session") {
    const { displayName, messageCount } = await client.session.byId.query({ id: thing.id }, { signal })
    return {
      what: `the session "${displayName}" with its ${messageCount} messages`,
      undo: "not possible: its messages are gone. The clips made in it stay",
      act: () => client.session.delete.mutate({ id: thing.id, expectedMessageCount: messageCount }, { signal }),
    }
  }
  throw new ToolProblem(`uri: a ${thing.kind} is not deleted by this tool; the person can do it in the page.`)
}

export const deleteThing = defineTool({
  name: "delete",
  title: "Delete one thing",
  description:
    "Delete a clip, song, playlist or session with its versions. Only when the person asked for it: without confirm it only says what would be lost. The answer tells how to undo it.",
  input: z.strictObject({ uri: uriField, confirm: z.boolean().default(false).describe("true once the person agreed") }),
  output: z.object({ uri: z.string(), deleted: z.string(), undo: z.string() }),
  hints: { readOnly: false, destructive: true, idempotent: false, openWorld: false },
  async run({ uri, confirm }, context) {
    const thing = wholeThingOf(uri)
    const { what, undo, act } = await deletionOf(thing, context)
    if (!confirm) {
      throw new ToolProblem(
        `Nothing is deleted. This would delete ${what}. Ask the person, and call again with confirm: true.`,
      )
    }
    await act()
    return { text: `Deleted ${what}.\nTo undo: ${undo}`, data: { uri: uriOf(thing), deleted: what, undo } }
  },
})
