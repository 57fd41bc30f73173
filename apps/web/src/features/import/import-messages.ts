import type { Ignored } from "@strudel-agent/importer/entry"
import type { Given } from "@strudel-agent/importer/given"
import type { GivenReport } from "@strudel-agent/importer/import-given"

/** What was found in what a person gave. */
export interface FoundSummary {
  projects: { id: string; renamedFrom?: string | undefined; hasIndex: boolean }[]
  code: string[]
  talks: { fileName: string; count: number }[]
  failed: Ignored[]
}

/** What the page asks of the worker that imports. */
export type Asked =
  | { type: "find"; given: Given[] }
  | { type: "import"; projectId: string | undefined; intoProject: boolean; overwrite: boolean }
  | { type: "cancel" }

/** What the worker tells the page. */
export type Told =
  | { type: "reading"; name: string }
  | { type: "found"; found: FoundSummary }
  | { type: "progress"; done: number; total: number; words: string }
  | { type: "done"; report: GivenReport }
  | { type: "failed"; why: string }
