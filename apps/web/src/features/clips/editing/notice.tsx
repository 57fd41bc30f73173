import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"

/** A calm word about the clip, with what can be done about it. */
export const Notice = ({
  icon: Icon,
  children,
  actions,
}: {
  icon: LucideIcon
  children: ReactNode
  actions: ReactNode
}) => (
  <div
    role="status"
    className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-edge bg-wash px-4 py-2.5 text-sm"
  >
    <Icon className="size-4 shrink-0 text-accent" aria-hidden="true" />
    <p className="min-w-0 flex-1 basis-60">{children}</p>
    <div className="flex flex-wrap gap-2">{actions}</div>
  </div>
)
