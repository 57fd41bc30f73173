import type { Outputs } from "@strudel-agent/client/client"
import { isItemKind } from "@strudel-agent/contract/item"
import { printableLine } from "@strudel-agent/importer/printable"
import type { SearchOptions } from "../commands/search.ts"
import type { Run } from "../run.ts"
import { tableOf } from "../terminal/table.ts"
import { listPages } from "./list-pages.ts"

type Hit = Outputs["search"]["query"]["items"][number]

/** What `show` and the page know it by. */
function nameOf({ kind, id, projectId, line }: Hit): string {
  if (isItemKind(kind)) return `${projectId}/${id}${line ? `:${line}` : ""}`
  return id
}

const snippetOf = ({ snippet }: Hit): string => printableLine(snippet.map(({ text }) => text).join(""))

/** Finds things by words and filters, the best first. */
export async function searchLibrary(run: Run, q: string, options: SearchOptions): Promise<void> {
  const { limit, kind, project: projectId } = options
  const client = await run.connect()
  const { items, more } = await listPages(
    (page) => client.search.query.query({ q, kinds: kind, projectId, ...page }),
    limit,
  )
  const rows = items.map((hit) => [hit.kind, nameOf(hit), hit.title, snippetOf(hit)])
  const text = rows.length > 0 ? await tableOf(run, ["KIND", "ID", "NAME", "TEXT"], rows) : "Nothing is found.\n"
  run.print({ json: () => ({ hits: items, more }), text: () => text })
  if (more) run.note("There is more: --limit says how many to show.")
}
