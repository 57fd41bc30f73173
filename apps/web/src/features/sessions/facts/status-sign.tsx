import type { SessionStatus } from "@strudel-agent/contract/session"
import { statusNames } from "../filter/session-filter.ts"

const signs: Record<SessionStatus, { shape: string; word: string }> = {
  active: { shape: "rounded-full bg-accent shadow-[0_0_0_0.25rem_var(--wash)] animate-breathe", word: "text-ink" },
  idle: { shape: "rounded-full border-2 border-edge", word: "text-soft" },
  terminated: { shape: "rounded-[1px] bg-edge", word: "text-soft" },
}

/** A session's status as a shape and a word: a filled dot, a ring, a square. */
export const StatusSign = ({ status, quiet = false }: { status: SessionStatus; quiet?: boolean }) => (
  <span className="inline-flex items-center gap-2.5 whitespace-nowrap text-sm">
    <span aria-hidden="true" className={`size-2 shrink-0 ${signs[status].shape}`} />
    <span className={quiet ? "sr-only" : signs[status].word}>{statusNames[status]}</span>
  </span>
)
