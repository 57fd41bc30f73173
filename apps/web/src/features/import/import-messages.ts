import type { Ignored } from "@strudel-agent/importer/entry"
import type { InputReport } from "@strudel-agent/importer/import-input-files"
import type { InputFile } from "@strudel-agent/importer/input-file"

/** What was found in what a person gave. */
export interface FoundSummary {
  projects: { id: string; renamedFrom?: string | undefined; hasIndex: boolean }[]
  code: string[]
  conversations: { fileName: string; count: number }[]
  failed: Ignored[]
}

/** What the page asks of the worker that imports. */
export type Asked =
  | { type: "find"; given: InputFile[] }
  | { type: "import"; projectId: string | undefined; intoProject: boolean; overwrite: boolean }
  | { type: "cancel" }

/** What the worker tells the page. */
export type ImportMessage =
  | { type: "reading"; name: string }
  | { type: "found"; found: FoundSummary }
  | { type: "progress"; done: number; total: number; words: string }
  | { type: "done"; report: InputReport }
  | { type: "failed"; why: string }
