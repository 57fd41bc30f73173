import type { Inputs, Outputs } from "@strudel-agent/client/client"
import { type Command, Option } from "commander"
import { listPages } from "../library/list-pages.ts"
import type { Run } from "../run.ts"
import { table } from "../terminal/table.ts"
import { moment } from "../terminal/words.ts"
import { countArgument, slugArgument } from "./arguments.ts"

interface ListOptions {
  limit: number
  json?: boolean
}

const usualLimit = 50
const statuses = ["active", "idle", "terminated"] as const

const listing = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option("--limit <number>", "how many at most", countArgument, usualLimit)
    .option("--json", "print one JSON object")

interface Rows<T> {
  /** What the rows are called, in the plural. */
  called: string
  page: { items: T[]; more: boolean }
  headings: string[]
  row: (item: T) => (string | number)[]
}

function printRows<T>(run: Run, { called, page, headings, row }: Rows<T>): void {
  const { items, more } = page
  run.print({
    json: () => ({ [called]: items, more }),
    text: () => (items.length > 0 ? table(headings, items.map(row)) : `No ${called}.\n`),
  })
  if (more) run.note(`There are more ${called}: --limit says how many to show.`)
}

export function addProjects(program: Command, run: Run): void {
  listing(program, "projects", "list the projects, the last changed first")
    .option("--q <text>", "a part of the name")
    .action(async (options: ListOptions & { q?: string }) => {
      const { limit, q } = options
      const client = await run.for(options).connect()
      printRows(run, {
        called: "projects",
        page: await listPages((page) => client.project.list.query({ q, ...page }), limit),
        headings: ["ID", "NAME", "CLIPS", "SONGS", "PLAYLISTS", "CHANGED"],
        row: ({ id, name, clipCount, songCount, playlistCount, updatedAt }) => [
          ...[id, name, clipCount, songCount, playlistCount],
          moment(updatedAt),
        ],
      })
    })
}

interface SessionOptions extends ListOptions {
  status?: (typeof statuses)[number]
  project?: string
  q?: string
}

export function addSessions(program: Command, run: Run): void {
  listing(program, "sessions", "list the sessions, the last active first")
    .addOption(new Option("--status <status>", "of this status alone").choices(statuses))
    .option("--project <id>", "about this project", slugArgument)
    .option("--q <text>", "a part of the name")
    .action(async (options: SessionOptions) => {
      const { limit, status, project, q } = options
      const client = await run.for(options).connect()
      const filter: Inputs["session"]["list"] = { status, projectId: project, q }
      printRows(run, {
        called: "sessions",
        page: await listPages((page) => client.session.list.query({ ...filter, ...page }), limit),
        headings: ["ID", "NAME", "STATUS", "MESSAGES", "AGENT", "LAST ACTIVITY"],
        row: ({ id, displayName, status, messageCount, agentName, lastActivity }) => [
          ...[id, displayName, status, messageCount, agentName],
          moment(lastActivity),
        ],
      })
    })
}

type Clip = Outputs["clip"]["list"]["items"][number]

/** A value of a clip's metadata, which may hold anything. */
function said({ metadata }: Clip, key: string): string {
  const value = metadata[key]
  if (Array.isArray(value)) return value.filter((each) => typeof each === "string").join(", ")
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}

interface ClipOptions extends ListOptions {
  project?: string
  q?: string
  tag?: string
}

export function addClips(program: Command, run: Run): void {
  listing(program, "clips", "list the clips, the last changed first")
    .option("--project <id>", "of this project", slugArgument)
    .option("--q <text>", "a part of the name or of the code")
    .option("--tag <tag>", "with this tag")
    .action(async (options: ClipOptions) => {
      const { limit, project, q, tag } = options
      const client = await run.for(options).connect()
      printRows(run, {
        called: "clips",
        page: await listPages((page) => client.clip.list.query({ projectId: project, q, tag, ...page }), limit),
        headings: ["CLIP", "NAME", "BPM", "TAGS", "CHANGED"],
        row: (clip) => [
          `${clip.projectId}/${clip.id}`,
          ...[clip.name, said(clip, "bpm"), said(clip, "tags"), moment(clip.updatedAt)],
        ],
      })
    })
}
