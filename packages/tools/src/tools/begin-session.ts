import { limits } from "@strudel-agent/contract/limits"
import { nameText, Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { defineTool } from "../define-tool.ts"
import { nameField } from "../fields.ts"
import { isItem, pageOf, thingOf, uriOf } from "../uri.ts"

export const beginSession = defineTool({
  name: "begin_session",
  title: "Begin a session",
  description:
    "Begin a session that keeps this conversation beside the music. Pass its session_id to save_clip and arrange_song, so that versions know where they came from, and write what was said with append_messages.",
  input: z.strictObject({
    name: nameField.describe("What it is about"),
    project: Slug.optional(),
    about: z.string().optional().describe("uri of the clip, song or playlist that it is about"),
    agent: nameText(limits.agentName).optional(),
    model: nameText(limits.modelName).optional(),
  }),
  output: z.object({ uri: z.string(), session_id: z.string(), page: z.string() }),
  hints: { readOnly: false, destructive: false, idempotent: false, openWorld: false },
  async run({ name, project, about, agent, model }, { client, signal, pageUrl }) {
    const thing = about === undefined ? undefined : thingOf(about)
    const item = thing && isItem(thing) ? thing : undefined
    const projectId = project ?? item?.projectId ?? (thing?.kind === "project" ? thing.id : undefined)
    const { id } = await client.session.create.mutate(
      {
        name,
        projectId,
        ...(agent === undefined ? {} : { agentName: agent }),
        modelName: model,
        ...(item ? { itemType: item.kind, itemId: item.id } : {}),
      },
      { signal },
    )
    const session = { kind: "session", id } as const
    const text = `Began ${uriOf(session)} ("${name}"). session_id: ${id}`
    return { text, data: { uri: uriOf(session), session_id: id, page: pageOf(session, pageUrl) } }
  },
})
