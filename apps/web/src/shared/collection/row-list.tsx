import type { ReactNode } from "react"
import { isCovered } from "#shared/keyboard/covered.ts"
import { Link } from "#shared/ui/link.tsx"
import { PendingHint } from "#shared/ui/pending-hint.tsx"
import { SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Ago } from "#shared/ui/time.tsx"
import type { ItemPath } from "#shared/url-state/item-link.ts"

/** A list whose rows are links. */
export const RowList = ({ busy = false, children }: { busy?: boolean; children: ReactNode }) => (
  <ul aria-busy={busy} className={`flex flex-col border-t border-line transition-opacity ${busy ? "opacity-60" : ""}`}>
    {children}
  </ul>
)

/** One row: a name that leads on, a line below it, a picture, and facts at its end. */
export const Row = ({
  id,
  href,
  name,
  note,
  picture,
  facts,
  changed,
  play,
  menu,
  onDelete,
}: {
  /** Its key among the rows of its list. */
  id: string
  href: ItemPath | `/projects/${string}`
  name: string
  note: string
  picture?: ReactNode
  facts: ReactNode
  changed: string
  /** The button that plays it. */
  play?: ReactNode
  /** The button of what can be done with it. */
  menu?: ReactNode
  /** What the key "delete" does while the row has the focus. */
  onDelete?: () => void
}) => (
  <li
    data-key={id}
    onKeyDown={(event) => event.key === "Delete" && !isCovered(event.target) && onDelete?.()}
    className={`group relative grid h-[4.3125rem] items-center gap-x-5 border-b border-line hover:bg-panel ${menu ? "grid-cols-[minmax(0,1fr)_auto_auto] md:grid-cols-[minmax(0,1fr)_12rem_11rem_auto]" : "grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1fr)_12rem_11rem]"}`}
  >
    <div className="flex min-w-0 items-center gap-3">
      {play}
      <div className="min-w-0 flex-1">
        <h3 dir="auto" className="truncate font-medium">
          <Link
            href={href}
            data-row
            className="after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {name} <PendingHint className="inline-block align-middle" />
          </Link>
        </h3>
        <p className="h-5 truncate text-sm/5 text-soft">{note}</p>
      </div>
    </div>
    <div className="hidden md:block">{picture}</div>
    <p className="text-right text-sm">
      {facts}
      <span className="relative z-1 block text-xs text-soft">
        <Ago at={changed} />
      </span>
    </p>
    {menu}
  </li>
)

const ghosts = Array.from({ length: 6 }, (_, index) => index)

/** The shape of such a list before its rows are there. */
export const RowListSkeleton = () => (
  <div aria-hidden="true" className="border-t border-line">
    {ghosts.map((ghost) => (
      <div key={ghost} className="flex h-[4.3125rem] flex-col justify-center gap-2.5 border-b border-line">
        <SkeletonBlock className="h-4 w-48" />
        <SkeletonBlock className="h-3.5 w-80 max-w-full" />
      </div>
    ))}
  </div>
)
