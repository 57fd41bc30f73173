import type { LucideIcon } from "lucide-react"
import type { ReactNode } from "react"

/** The picture of a list without rows. */
export const Empty = ({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) => (
  <div className="flex flex-col items-center gap-3 rounded-card border border-dashed border-line px-6 py-16 text-center">
    <Icon className="size-8 text-faint" aria-hidden="true" strokeWidth={1.5} />
    <p className="font-medium">{title}</p>
    {children && <div className="max-w-md text-balance text-sm text-soft">{children}</div>}
  </div>
)
