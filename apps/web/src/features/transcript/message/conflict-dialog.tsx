"use client"

import { BothCodes, CodeDiff } from "#shared/diff/code-diff.tsx"
import { setDiffLayout, useDiffLayout } from "#shared/diff/diff-layout.ts"
import { diffLines } from "#shared/diff/line-diff.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import type { Conflict } from "./write-code.ts"

/** Shows a clip as it is beside what would be written over it, and asks. */
export function ConflictDialog({
  conflict: { name, current, version, code },
  onClose,
  onOverwrite,
}: {
  conflict: Conflict
  onClose: () => void
  onOverwrite: () => void
}) {
  const diff = diffLines(current, code)
  const layout = useDiffLayout()
  return (
    <Dialog
      wide
      title={`“${name}” has changed since`}
      note={`Its version ${version} is neither what this message found nor what it left. This is what would change:`}
      onClose={onClose}
    >
      <div className="overflow-hidden rounded-card border border-line bg-panel">
        {diff ? (
          <CodeDiff diff={diff} label={`Version ${version} beside what would be written`} layout={layout} />
        ) : (
          <BothCodes before={current} after={code} />
        )}
      </div>
      <DialogActions>
        <Button onClick={() => setDiffLayout(layout === "split" ? "unified" : "split")} className="mr-auto">
          {layout === "split" ? "One below the other" : "Side by side"}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          onClick={() => {
            onClose()
            onOverwrite()
          }}
          className="border-accent text-accent"
        >
          Write over version {version}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
