"use client"

import type { InputReport } from "@strudel-agent/importer/import-input-files"
import type { ReportLine } from "@strudel-agent/importer/report-line"
import { useState } from "react"
import { Button } from "#shared/ui/button.tsx"
import { DialogActions } from "#shared/ui/dialog.tsx"
import { Link } from "#shared/ui/link.tsx"

const tones: Record<string, string> = { failed: "text-danger", skipped: "text-danger", warning: "text-accent" }

/** Lines that are drawn at most: a page of many thousand is of no use to anybody. */
const mostLines = 1000

const Line = ({ line: { level, outcome, words } }: { line: ReportLine }) => (
  <li className={`flex gap-2 [overflow-wrap:anywhere] ${level === 0 ? "mt-1 font-medium" : "text-soft"}`}>
    {outcome !== undefined && (
      <span className={`w-18 shrink-0 font-mono text-xs/5 ${tones[outcome] ?? "text-faint"}`}>{outcome}</span>
    )}
    <span className="min-w-0">{words}</span>
  </li>
)

function summaryOf({ complete, interrupted, problem }: InputReport): string {
  if (problem !== undefined)
    return `The import ended early. ${problem} Import the same again: it goes on where this one ended.`
  if (interrupted) return "Cancelled. Import the same again: it goes on where this one ended."
  return complete ? "Imported." : "Imported, but not everything."
}

/** What became of what was given: the same words as on the command line. */
export function ImportResult({ report, onClose }: { report: InputReport; onClose: () => void }) {
  const [every, setEvery] = useState(false)
  const lines = every ? report.verbose : report.lines
  const failed = report.problem !== undefined || !report.complete
  return (
    <>
      <p role={failed ? "alert" : "status"} className={`text-sm font-medium ${failed ? "text-danger" : ""}`}>
        {summaryOf(report)}
      </p>
      <ul aria-label="Report" className="mt-2 flex max-h-[45dvh] flex-col gap-1 overflow-y-auto text-sm">
        {lines.slice(0, mostLines).map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of a report is its place.
          <Line key={place} line={line} />
        ))}
        {lines.length > mostLines && <li className="text-soft">… and {lines.length - mostLines} more lines.</li>}
      </ul>
      {report.verbose.length > report.lines.length && (
        <label className="mt-3 flex items-center gap-2 text-sm text-soft">
          <input type="checkbox" checked={every} onChange={() => setEvery(!every)} className="accent-accent" />
          Tell of every file
        </label>
      )}
      <ul aria-label="Where it is" className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {report.projects.slice(0, 20).map((id) => (
          <li key={id}>
            <Link
              href={`/projects/${encodeURIComponent(id)}`}
              onClick={onClose}
              className="text-accent underline underline-offset-4"
            >
              Open {id}
            </Link>
          </li>
        ))}
        {report.sessions.slice(0, 20).map(({ id, name }) => (
          <li key={id}>
            <Link href={`/sessions/${id}`} onClick={onClose} className="text-accent underline underline-offset-4">
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </>
  )
}
