"use client"

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react"
import { formatNumber } from "#shared/words/count.ts"

const shape =
  "pointer-events-auto flex h-9 items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-sm shadow-lg hover:border-edge"

/** Ways to the ends of a transcript, for who is away from its end; what was said meanwhile is counted. */
export const Jumps = ({
  unseen,
  onBeginning,
  onEnd,
}: {
  /** Messages that came since the reader was last at the end. */
  unseen: number
  onBeginning: () => void
  onEnd: () => void
}) => (
  <div className="pointer-events-none absolute inset-x-0 bottom-4 flex justify-center gap-2">
    <button type="button" onClick={onBeginning} className={shape}>
      <ArrowUpIcon className="size-4" aria-hidden="true" />
      Beginning
    </button>
    <button type="button" onClick={onEnd} className={`${shape} ${unseen > 0 ? "border-accent text-accent" : ""}`}>
      {unseen > 0 ? `${formatNumber(unseen)} new` : "Latest"}
      <ArrowDownIcon className="size-4" aria-hidden="true" />
    </button>
  </div>
)
