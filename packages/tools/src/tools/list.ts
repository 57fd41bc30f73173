import { sequenceCalls } from "@strudel-agent/client/sequences"
import { itemKinds, type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { clipRow } from "../clip-row.ts"
import { defineTool, reads } from "../define-tool.ts"
import { limitField } from "../fields.ts"
import { type Row, Rows, rowsInWords, shortened } from "../list-thing.ts"
import type { ToolContext } from "../tool.ts"
import { uriOf } from "../uri.ts"

const input = z.strictObject({
  kind: z.enum(["project", ...itemKinds, "session"]),
  project: Slug.optional(),
  sort: z.enum(["updated", "name"]).default("updated"),
  limit: limitField,
  cursor: z.string().max(2000).optional(),
})
type Input = z.output<typeof input>
interface Page {
  items: Row[]
  nextCursor: string | null
}

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`

const sequencesOf =
  (kind: SequenceKind) =>
  async ({ project, sort, limit, cursor }: Input, { client, signal }: ToolContext): Promise<Page> => {
    const asked = { projectId: project, sort, limit, cursor }
    const { items, nextCursor } = await sequenceCalls(kind, client).list(asked, { signal })
    const rows = items.map(({ projectId, id, name, partIds }) => ({
      uri: uriOf({ kind, projectId, id }),
      name: shortened(name, 60),
      note: count(partIds.length, sequenceParts[kind].part),
    }))
    return { items: rows, nextCursor }
  }

const readers: Record<Input["kind"], (asked: Input, context: ToolContext) => Promise<Page>> = {
  async project({ sort, limit, cursor }, { client, signal }) {
    const { items, nextCursor } = await client.project.list.query({ sort, limit, cursor }, { signal })
    const rows = items.map(({ id, name, clipCount, songCount }) => ({
      uri: uriOf({ kind: "project", id }),
      name: shortened(name, 60),
      note: `${count(clipCount, "clip")}, ${count(songCount, "song")}`,
    }))
    return { items: rows, nextCursor }
  },
  async clip({ project, sort, limit, cursor }, { client, signal }) {
    const { items, nextCursor } = await client.clip.cards.query({ projectId: project, sort, limit, cursor }, { signal })
    return { items: items.map(clipRow), nextCursor }
  },
  song: sequencesOf("song"),
  playlist: sequencesOf("playlist"),
  async session({ project, limit, cursor }, { client, signal }) {
    const asked = { projectId: project, limit, cursor, preview: false }
    const { items, nextCursor } = await client.session.list.query(asked, { signal })
    const rows = items.map(({ id, displayName, status, messageCount }) => ({
      uri: uriOf({ kind: "session", id }),
      name: shortened(displayName, 60),
      note: `${count(messageCount, "message")}, ${status}`,
    }))
    return { items: rows, nextCursor }
  },
}

export const list = defineTool({
  name: "list",
  title: "List what there is",
  description:
    "Browse projects, clips, songs, playlists or sessions, the last changed first, or by name. Use it to see what is in a project, what there is, or what was made lately; to look for words or a tempo, use search.",
  input,
  output: Rows,
  hints: reads,
  async run(asked, context) {
    const { items, nextCursor } = await readers[asked.kind](asked, context)
    const rows = { items, ...(nextCursor ? { next: nextCursor } : {}) }
    return { text: rowsInWords(rows), data: rows }
  },
})
