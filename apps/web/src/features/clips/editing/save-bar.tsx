"use client"

import { CheckIcon, CircleAlertIcon, CircleDotIcon, LoaderCircleIcon } from "lucide-react"
import type { ReactNode } from "react"
import { useChord } from "#shared/keyboard/apple.ts"
import { Button } from "#shared/ui/button.tsx"
import { CopyButton } from "#shared/ui/copy-button.tsx"
import type { Finding } from "./findings.ts"
import type { ClipEditing } from "./use-clip-editing.ts"

interface StateProps {
  clip: ClipEditing
  /** Whether the browser keeps what is typed. */
  kept: boolean
}

function State({ clip: { dirty, phase, editing }, kept }: StateProps): ReactNode {
  const { version } = editing.base
  if (phase.kind === "saving") {
    return (
      <>
        <LoaderCircleIcon className="animate-spin text-soft" aria-hidden="true" /> Saving…
      </>
    )
  }
  if (phase.kind === "refused") {
    return (
      <>
        <CircleAlertIcon className="text-danger" aria-hidden="true" /> <span className="text-danger">{phase.text}</span>
      </>
    )
  }
  if (phase.kind === "failed") {
    return (
      <>
        <CircleAlertIcon className="text-danger" aria-hidden="true" />
        <span>
          <span className="text-danger">Not saved.</span> {phase.text}{" "}
          {kept && "What you typed is kept in this browser"}
          {kept && (phase.again ? " and saved when the server is back." : ".")}
        </span>
      </>
    )
  }
  if (dirty) {
    return (
      <>
        <CircleDotIcon className="text-accent" aria-hidden="true" />
        <span>Unsaved changes{!kept && ". The browser has no room to keep them: save before you leave."}</span>
      </>
    )
  }
  return (
    <>
      <CheckIcon className="text-added" aria-hidden="true" /> Saved
      <span className="font-mono text-xs text-faint">v{version}</span>
    </>
  )
}

/** Says that the code does not play, and leads to the line that is to blame. */
function FaultOfCode({ fault, onGo }: { fault: Finding; onGo: (fault: Finding) => void }) {
  const { line, message } = fault
  const shape = "flex min-w-0 items-center gap-2 text-danger [&>svg]:size-4 [&>svg]:shrink-0"
  const text = (
    <>
      <CircleAlertIcon aria-hidden="true" />
      <span className="min-w-0 truncate">
        Does not play{line !== null && `, line ${line}`}
        <span className="max-sm:sr-only">: {message}</span>
      </span>
    </>
  )
  if (line === null) {
    return (
      <p className={shape} title={message}>
        {text}
      </p>
    )
  }
  return (
    <button
      type="button"
      title={message}
      onClick={() => onGo(fault)}
      className={`${shape} min-h-9 rounded-md text-left underline decoration-danger/40 underline-offset-4 hover:decoration-danger pointer-coarse:min-h-11`}
    >
      {text}
    </button>
  )
}

/** How the clip is stored, whether it plays, and the buttons that change that. It stays in sight above long code. */
export const SaveBar = ({
  clip,
  kept,
  fault,
  locked,
  onFault,
  onSave,
  onDiscard,
}: StateProps & {
  /** Why the code does not play. */
  fault: Finding | undefined
  locked: boolean
  /** Leads to what is to blame. */
  onFault: (fault: Finding) => void
  onSave: () => void
  onDiscard: () => void
}) => {
  const { dirty, phase, editing } = clip
  const chord = useChord("S")
  return (
    <div className="sticky top-13 z-10 flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1.5 rounded-t-card border border-b-0 border-line bg-panel px-3 py-1.5 text-sm md:top-0">
      <h2 className="sr-only">Code</h2>
      <div className="flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-4">
        <p role="status" className="flex min-w-0 items-center gap-2 [&>svg]:size-4 [&>svg]:shrink-0">
          <State clip={clip} kept={kept} />
        </p>
        {fault && <FaultOfCode fault={fault} onGo={onFault} />}
      </div>
      <div className="ml-auto flex items-center gap-2">
        {dirty && phase.kind !== "saving" ? (
          <Button onClick={onDiscard} disabled={locked}>
            Discard
          </Button>
        ) : (
          <CopyButton text={editing.draft.code} what="the code" />
        )}
        <Button
          busy={phase.kind === "saving"}
          aria-disabled={!dirty || locked}
          aria-keyshortcuts="Meta+S Control+S"
          onClick={() => dirty && !locked && onSave()}
          className="min-w-24 aria-[disabled=false]:border-accent aria-[disabled=false]:bg-accent aria-[disabled=false]:text-on-accent aria-[disabled=true]:cursor-default aria-[disabled=true]:text-faint"
        >
          {phase.kind === "failed" ? "Try again" : "Save"}
          <span aria-hidden="true" className="font-mono text-xs">
            {chord}
          </span>
        </Button>
      </div>
    </div>
  )
}
