import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { defineTool } from "../define-tool.ts"
import { nameField, tagsField, uriField } from "../fields.ts"
import type { ToolContext } from "../tool.ts"
import { type Item, uriOf, wholeThingOf } from "../uri.ts"

const input = z.strictObject({
  uri: uriField,
  name: nameField.optional(),
  add_tags: tagsField.default([]),
  remove_tags: tagsField.default([]),
})
type Input = z.output<typeof input>

const isText = (value: unknown): value is string => typeof value === "string"

/** The tags of metadata after a change; what is no list of texts counts as none. */
function changedTags(metadata: Record<string, unknown>, { add_tags, remove_tags }: Input): string[] {
  const former = Array.isArray(metadata.tags) ? metadata.tags.filter(isText) : []
  return [...new Set([...former, ...add_tags])].filter((tag) => !remove_tags.includes(tag))
}

const changesTags = ({ add_tags, remove_tags }: Input) => add_tags.length + remove_tags.length > 0

async function changeItem(
  { kind, projectId, id }: Item,
  asked: Input,
  { client, signal }: ToolContext,
): Promise<string> {
  const key = { projectId, id }
  const doors = {
    clip: { read: () => client.clip.byId.query(key, { signal }), write: client.clip.update.mutate },
    song: { read: () => client.song.byId.query(key, { signal }), write: client.song.update.mutate },
    playlist: { read: () => client.playlist.byId.query(key, { signal }), write: client.playlist.update.mutate },
  }
  const { read, write } = doors[kind]
  const former = await read()
  const metadata = changesTags(asked)
    ? { metadata: { ...former.metadata, tags: changedTags(former.metadata, asked) } }
    : {}
  const name = asked.name === undefined ? {} : { name: asked.name }
  const changed = await write({ ...key, ...name, ...metadata, expectedVersion: former.version }, { signal })
  return `${changed.name}, version ${changed.version}`
}

async function changeSession(id: string, asked: Input, { client, signal }: ToolContext): Promise<string> {
  if (asked.name !== undefined) await client.session.rename.mutate({ id, name: asked.name }, { signal })
  if (changesTags(asked)) {
    const { failed } = await client.session.tagMany.mutate(
      { ids: [id], add: asked.add_tags, remove: asked.remove_tags },
      { signal },
    )
    if (failed.length > 0)
      throw new ToolProblem(`The session could not be tagged: ${failed.map(({ reason }) => reason).join(", ")}.`)
  }
  return (await client.session.byId.query({ id }, { signal })).displayName
}

async function changeProject(id: string, asked: Input, { client, signal }: ToolContext): Promise<string> {
  const former = await client.project.byId.query({ id }, { signal })
  const metadata = changesTags(asked)
    ? { metadata: { ...former.metadata, tags: changedTags(former.metadata, asked) } }
    : {}
  const name = asked.name === undefined ? {} : { name: asked.name }
  return (
    await client.project.update.mutate({ id, ...name, ...metadata, expectedUpdatedAt: former.updatedAt }, { signal })
  ).name
}

export const renameOrTag = defineTool({
  name: "rename_or_tag",
  title: "Rename or tag",
  description:
    "Give a clip, song, playlist, session or project another name, or add and remove tags; its code or text stays as it is.",
  input,
  output: z.object({ uri: z.string(), now: z.string() }),
  hints: { readOnly: false, destructive: false, idempotent: true, openWorld: false },
  async run(asked, context) {
    if (asked.name === undefined && !changesTags(asked))
      throw new ToolProblem("Say what to change: name, add_tags or remove_tags.")
    const both = asked.add_tags.filter((tag) => asked.remove_tags.includes(tag))
    if (both.length > 0) throw new ToolProblem(`remove_tags: ${both.join(", ")} cannot be added and removed at once.`)
    const thing = wholeThingOf(asked.uri)
    if (thing.kind === "reference") throw new ToolProblem("uri: the reference has no name or tags to change.")
    const now =
      thing.kind === "session"
        ? await changeSession(thing.id, asked, context)
        : thing.kind === "project"
          ? await changeProject(thing.id, asked, context)
          : await changeItem(thing, asked, context)
    return { text: `Done: ${now}.`, data: { uri: uriOf(thing), now } }
  },
})
