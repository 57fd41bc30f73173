"use client"

import { api } from "#shared/api/trpc.ts"
import type { Offer } from "#shared/import-request/import-state.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { countOf } from "#shared/words/count.ts"
import { ImportPlan } from "./import-plan.tsx"
import { ImportResult } from "./import-result.tsx"
import { type ImportStage, useImport } from "./use-import.ts"

function Running({ stage, onCancel }: { stage: Extract<ImportStage, { is: "running" }>; onCancel: () => void }) {
  const { done, total, words, cancelling } = stage
  return (
    <>
      <p role="status" className="text-sm text-soft [overflow-wrap:anywhere]">
        {cancelling ? "Ending with what is on its way…" : words ? `Importing ${words}…` : "Importing…"}
      </p>
      <progress
        aria-label="Imported"
        max={total || 1}
        value={total ? done : undefined}
        className="mt-3 h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <p className="mt-1 font-mono text-xs text-faint">{total > 0 && `${done} / ${total}`}</p>
      <DialogActions>
        <Button autoFocus onClick={onCancel} disabled={cancelling}>
          Cancel
        </Button>
      </DialogActions>
    </>
  )
}

/** Shows what was given, asks where it goes, imports it, and says what became of it. */
export function ImportDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const utils = api.useUtils()
  const { stage, begin, cancel } = useImport(offer, () => void utils.invalidate())
  const files = offer.given.filter(({ file }) => file).length
  const leave = () => (stage.is === "running" ? cancel() : onClose())
  return (
    <Dialog title="Import" note={countOf(files, "file")} onClose={leave}>
      {stage.is === "reading" && (
        <p role="status" className="text-sm text-soft [overflow-wrap:anywhere]">
          {stage.name === undefined ? "Looking through the files…" : `Reading ${stage.name}…`}
        </p>
      )}
      {stage.is === "found" && (
        <ImportPlan found={stage.found} projectId={offer.projectId} onImport={begin} onCancel={onClose} />
      )}
      {stage.is === "running" && <Running stage={stage} onCancel={cancel} />}
      {stage.is === "done" && <ImportResult report={stage.report} onClose={onClose} />}
      {stage.is === "failed" && (
        <>
          <p role="alert" className="text-sm text-danger">
            {stage.why}
          </p>
          <DialogActions>
            <Button onClick={onClose}>Close</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}
