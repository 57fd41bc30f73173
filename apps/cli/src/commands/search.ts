import type { Outputs } from "@strudel-agent/client/client"
import { printableLine } from "@strudel-agent/importer/printable"
import { type Command, InvalidArgumentError } from "commander"
import { listPages } from "../library/list-pages.ts"
import type { Run } from "../run.ts"
import { table } from "../terminal/table.ts"
import { countArgument, listArgument, slugArgument } from "./arguments.ts"

type Hit = Outputs["search"]["query"]["items"][number]
type Kind = Hit["kind"]

interface SearchOptions {
  limit: number
  json?: boolean
  project?: string
  kind?: Kind[]
}

const usualLimit = 20
const kinds = ["message", "clip", "song", "playlist", "session", "project"] as const satisfies Kind[]

function kindsArgument(text: string): Kind[] {
  return listArgument(text).map((word) => {
    const kind = kinds.find((each) => each === word)
    if (kind) return kind
    throw new InvalidArgumentError(`Kinds are ${kinds.join(", ")}, with commas between.`)
  })
}

/** What `show` and the page know it by. */
function nameOf({ kind, id, projectId, line }: Hit): string {
  if (kind === "clip" || kind === "song" || kind === "playlist") return `${projectId}/${id}${line ? `:${line}` : ""}`
  return id
}

const snippetOf = ({ snippet }: Hit): string => printableLine(snippet.map(({ text }) => text).join(""))

export function addSearch(program: Command, run: Run): void {
  program
    .command("search")
    .description("find messages, clips, songs, playlists, sessions and projects, the best first")
    .argument("<text...>", 'words, "quoted phrases", and filters: in:house tag:acid bpm:120..130 kind:clip')
    .option("--kind <kinds>", "of these kinds alone, such as clip,message", kindsArgument)
    .option("--project <id>", "of this project", slugArgument)
    .option("--limit <number>", "how many at most", countArgument, usualLimit)
    .option("--json", "print one JSON object")
    .action(async (text: string[], options: SearchOptions) => {
      const { limit, kind, project: projectId } = options
      const client = await run.for(options).connect()
      const q = text.join(" ")
      const { items, more } = await listPages(
        (page) => client.search.query.query({ q, kinds: kind, projectId, ...page }),
        limit,
      )
      run.print({
        json: () => ({ hits: items, more }),
        text: () =>
          items.length > 0
            ? table(
                ["KIND", "ID", "NAME", "TEXT"],
                items.map((hit) => [hit.kind, nameOf(hit), hit.title, snippetOf(hit)]),
              )
            : "Nothing is found.\n",
      })
      if (more) run.note("There is more: --limit says how many to show.")
    })
}
