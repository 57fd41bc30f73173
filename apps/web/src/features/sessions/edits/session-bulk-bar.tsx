"use client"

import type { SessionStatus } from "@strudel-agent/contract/session"
import { CirclePlayIcon, type LucideIcon, PencilIcon, SquareIcon, TagIcon, Trash2Icon, XIcon } from "lucide-react"
import { countOf } from "#shared/words/count.ts"
import type { ListedSession } from "./session-edits.ts"

function Act({
  icon: Icon,
  name,
  keys,
  danger = false,
  onAct,
}: {
  icon: LucideIcon
  name: string
  keys: string
  danger?: boolean
  onAct: () => void
}) {
  return (
    <button
      type="button"
      aria-keyshortcuts={keys}
      title={`${name} (${keys})`}
      onClick={onAct}
      className={`flex h-9 items-center gap-2 rounded-md px-2.5 text-sm hover:bg-wash ${danger ? "text-danger" : ""}`}
    >
      <Icon className="size-4" aria-hidden="true" />
      <span className="sr-only sm:not-sr-only">{name}</span>
      <span aria-hidden="true" className="hidden font-mono text-xs text-faint lg:inline">
        {keys}
      </span>
    </button>
  )
}

export interface BulkActs {
  tag: () => void
  rename: () => void
  setStatus: (status: SessionStatus) => void
  delete: () => void
  clear: () => void
}

/**
 * What can be done with the chosen sessions. It floats above the end of the page, so the list stays where it is. Above a
 * toast it stands higher, and stays there under a pointer when the toast is gone: a press would else end beside it.
 */
export function SessionBulkBar({ chosen, acts }: { chosen: ListedSession[]; acts: BulkActs }) {
  const running = chosen.some(({ status }) => status !== "terminated")
  const resting = chosen.some(({ status }) => status !== "active")
  return (
    <div
      role="toolbar"
      aria-label="Selected sessions"
      className="fixed inset-x-3 bottom-[calc(4.25rem+var(--player)+env(safe-area-inset-bottom))] z-30 mx-auto flex w-max max-w-[calc(100vw-1.5rem)] items-center gap-0.5 rounded-xl border border-edge bg-raised p-1 shadow-2xl md:bottom-[calc(1.25rem+var(--player))] md:left-[4.5rem] rail:left-[13.5rem] [body:has([data-sonner-toast])_&]:bottom-[calc(8rem+var(--player))] md:[body:has([data-sonner-toast])_&]:bottom-[calc(5.5rem+var(--player))] [transition-property:none] [body:not(:has([data-sonner-toast]))_&:hover]:[transition:bottom_0s_1000s]"
    >
      <p role="status" className="pr-2 pl-3 text-sm font-medium whitespace-nowrap">
        {chosen.length}
        <span className="sr-only sm:not-sr-only"> selected</span>
        <span className="sr-only">{countOf(chosen.length, "session")}</span>
      </p>
      <Act icon={TagIcon} name="Tag" keys="T" onAct={acts.tag} />
      <Act icon={PencilIcon} name="Rename" keys="R" onAct={acts.rename} />
      {running && <Act icon={SquareIcon} name="Terminate" keys="E" onAct={() => acts.setStatus("terminated")} />}
      {resting && <Act icon={CirclePlayIcon} name="Activate" keys="A" onAct={() => acts.setStatus("active")} />}
      <Act icon={Trash2Icon} name="Delete" keys="#" danger onAct={acts.delete} />
      <button
        type="button"
        aria-label="Select none"
        title="Select none (Esc)"
        aria-keyshortcuts="Escape"
        onClick={acts.clear}
        className="grid size-9 place-items-center rounded-md text-soft hover:bg-wash hover:text-ink"
      >
        <XIcon className="size-4" aria-hidden="true" />
      </button>
    </div>
  )
}
