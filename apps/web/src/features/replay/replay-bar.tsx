"use client"

import { PlayIcon, SkipBackIcon, SkipForwardIcon, SquareIcon, XIcon } from "lucide-react"
import { useActions } from "#shared/keyboard/actions.ts"
import { IconButton } from "#shared/ui/button.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { lengths, type Replay, useReplay } from "./use-replay.ts"

function stateInWords({ step, atEnd, busy }: Replay): string {
  if (atEnd === "after") return "No later message changed code."
  if (atEnd === "before") return "No earlier message changed code."
  if (step) return `${step.clips.map(({ id }) => id).join(" + ")} at #${step.messageIndex}`
  return busy ? "Reading…" : "Hear the code as it was at each message."
}

/** Steps through a transcript and plays each version of the code. */
export function ReplayBar({
  sessionId,
  begin,
  goTo,
  onClose,
}: {
  sessionId: string
  begin: number
  goTo: (messageIndex: number) => void
  onClose: () => void
}) {
  const replay = useReplay({ sessionId, begin, goTo })
  const { step, through, busy, sounds, cycles, setCycles, next, previous, playThrough, stop } = replay
  function close() {
    if (sounds) stop()
    onClose()
  }
  useActions([
    { id: "replay-next", name: "Replay: the next change", group: "Replay", keys: ".", run: next },
    { id: "replay-previous", name: "Replay: the change before", group: "Replay", keys: ",", run: previous },
    { id: "replay-close", name: "Replay: close", group: "Replay", run: close },
  ])
  return (
    <section aria-label="Replay" className="border-b border-line bg-panel px-4 py-1.5 md:px-8">
      <div className="mx-auto flex w-full max-w-3xl items-center gap-1">
        <IconButton label="The change before" disabled={busy} onClick={previous}>
          <SkipBackIcon aria-hidden="true" />
        </IconButton>
        {through || sounds ? (
          <IconButton label="Stop the replay" onClick={stop} className="text-accent">
            <SquareIcon aria-hidden="true" fill="currentColor" />
          </IconButton>
        ) : (
          <IconButton label="Play through" onClick={playThrough} className="text-accent">
            <PlayIcon aria-hidden="true" fill="currentColor" />
          </IconButton>
        )}
        <IconButton label="The next change" disabled={busy} onClick={next}>
          <SkipForwardIcon aria-hidden="true" />
        </IconButton>
        <p role="status" className="min-w-0 flex-1 truncate px-1 text-sm">
          {stateInWords(replay)}
        </p>
        {step && (
          <span className="hidden text-xs text-soft sm:inline">
            <Ago at={step.timestamp} />
          </span>
        )}
        <label className="flex items-center gap-1.5 text-xs text-soft">
          <span className="max-sm:sr-only">Cycles each</span>
          <select
            value={cycles}
            onChange={({ currentTarget: { value } }) => {
              const length = lengths.find((each) => String(each) === value)
              if (length) setCycles(length)
            }}
            className="h-8 rounded-md border border-line bg-canvas px-1.5 text-xs text-ink"
          >
            {lengths.map((length) => (
              <option key={length}>{length}</option>
            ))}
          </select>
        </label>
        <IconButton label="Close the replay" onClick={close}>
          <XIcon aria-hidden="true" />
        </IconButton>
      </div>
    </section>
  )
}
