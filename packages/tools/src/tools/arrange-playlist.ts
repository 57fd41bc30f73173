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
import { type Item, pageOf, uriOf } from "../uri.ts"

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
    const { client, signal, pageUrl } = context
    const { project: projectId, id, songs, about, expected_version: expectedVersion } = asked
    const former = await orNothing(client.playlist.byId.query({ projectId, id }, { signal }))
    const found = await someAtOnce([...new Set(songs)], async (songId) => ({
      songId,
      song: await orNothing(client.song.byId.query({ projectId, id: songId }, { signal })),
    }))
    const missing = found.flatMap(({ songId, song }) => (song ? [] : [songId]))
    if (missing.length > 0) {
      throw new ToolProblem(
        `songs: the project "${projectId}" has no songs ${someInWords(missing, namedMissing)}. Make them with arrange_song first, or list the songs there are (list, kind: song, project: ${projectId}).`,
      )
    }
    const names = new Map(found.map(({ songId, song }) => [songId, song?.name ?? songId]))
    const name = asked.name ?? former?.name ?? id
    const links = songs.map((songId) => `- [${inMarkdown(names.get(songId) ?? songId)}](song:${songId})`).join("\n")
    const body = `${[`# ${inMarkdown(name)}`, ...(about ? [about] : []), links].join("\n\n")}\n`
    refuseStale({ kind: "playlist", expected: expectedVersion, stored: former, text: body })
    const fields = { projectId, id, name, body, songIds: songs, origin: await originOf(asked, context) }
    const playlist = former
      ? await client.playlist.update.mutate({ ...fields, expectedVersion }, { signal })
      : await client.playlist.create.mutate(fields, { signal })
    const item: Item = { kind: "playlist", projectId, id }
    const text = `${former ? "Rearranged" : "Created"} ${uriOf(item)}, version ${playlist.version}: ${songs.join(", ")}.`
    return {
      text,
      data: { uri: uriOf(item), version: playlist.version, created: !former, page: pageOf(item, pageUrl) },
    }
  },
})
