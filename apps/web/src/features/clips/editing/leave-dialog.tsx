"use client"

import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"

/** Asks what becomes of unsaved changes before the page is left. */
export const LeaveDialog = ({
  name,
  busy,
  onStay,
  onLeave,
  onSave,
}: {
  name: string
  busy: boolean
  onStay: () => void
  onLeave: () => void
  onSave: () => void
}) => (
  <Dialog
    title="Leave with unsaved changes?"
    note={`What you changed of ${name} is not saved. If you leave, this browser keeps it and offers it when you come back.`}
    onClose={onStay}
  >
    <DialogActions>
      <Button onClick={onLeave}>Leave without saving</Button>
      <Button onClick={onStay}>Stay</Button>
      <Button busy={busy} onClick={onSave} className="border-accent! bg-accent! text-on-accent!">
        Save and leave
      </Button>
    </DialogActions>
  </Dialog>
)
