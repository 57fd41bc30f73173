import type { Outputs } from "@strudel-agent/client/client"
import type { ClipListOptions } from "../commands/clip-list.ts"
import type { ProjectListOptions } from "../commands/projects.ts"
import type { SessionListOptions } from "../commands/sessions.ts"
import { listPages } from "../library/list-pages.ts"
import type { Run } from "../run.ts"
import { printRows } from "../terminal/print-rows.ts"
import { moment } from "../terminal/words.ts"

export async function listProjects(run: Run, { limit, q }: ProjectListOptions): Promise<void> {
  const client = await run.connect()
  await printRows(run, {
    called: "projects",
    page: await listPages((page) => client.project.list.query({ q, ...page }), limit),
    headings: ["ID", "NAME", "CLIPS", "SONGS", "PLAYLISTS", "CHANGED"],
    row: ({ id, name, clipCount, songCount, playlistCount, updatedAt }) => [
      ...[id, name, clipCount, songCount, playlistCount],
      moment(updatedAt),
    ],
  })
}

export async function listSessions(run: Run, { limit, status, project, q }: SessionListOptions): Promise<void> {
  const client = await run.connect()
  const filter = { status, projectId: project, q }
  await printRows(run, {
    called: "sessions",
    page: await listPages((page) => client.session.list.query({ ...filter, ...page }), limit),
    headings: ["ID", "NAME", "STATUS", "MESSAGES", "AGENT", "LAST ACTIVITY"],
    row: ({ id, displayName, status, messageCount, agentName, lastActivity }) => [
      ...[id, displayName, status, messageCount, agentName],
      moment(lastActivity),
    ],
  })
}

type Clip = Outputs["clip"]["list"]["items"][number]

/** A value of a clip's metadata, which may hold anything. */
function said({ metadata }: Clip, key: string): string {
  const value = metadata[key]
  if (Array.isArray(value)) return value.filter((each) => typeof each === "string").join(", ")
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}

export async function listClips(run: Run, { limit, project, ...filter }: ClipListOptions): Promise<void> {
  const client = await run.connect()
  const { q, tag, sound, sort } = filter
  await printRows(run, {
    called: "clips",
    page: await listPages(
      (page) => client.clip.list.query({ projectId: project, q, tag, sound, sort, ...page }),
      limit,
    ),
    headings: ["CLIP", "NAME", "BPM", "TAGS", "CHANGED"],
    row: (clip) => [
      `${clip.projectId}/${clip.id}`,
      ...[clip.name, said(clip, "bpm"), said(clip, "tags"), moment(clip.updatedAt)],
    ],
  })
}
