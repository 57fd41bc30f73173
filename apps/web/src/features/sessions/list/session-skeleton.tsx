import { SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { columns, rowShape, shown } from "../facts/session-columns.ts"

const ghosts = Array.from({ length: 12 }, (_, index) => index)

/** The shape of the list of sessions before its rows are there. */
export const SessionTableSkeleton = () => (
  <div aria-hidden="true" className="border-t border-line pt-9">
    {ghosts.map((ghost) => (
      <div key={ghost} className={`${columns} ${rowShape} px-1`}>
        <div className={shown.choice}>
          <SkeletonBlock className="size-4" />
        </div>
        <div>
          <SkeletonBlock className="h-4 w-3/5" />
          <SkeletonBlock className="mt-2 h-3 w-4/5" />
        </div>
        <div className={shown.status}>
          <SkeletonBlock className="h-4 w-16" />
        </div>
        <div className={shown.item}>
          <SkeletonBlock className="h-4 w-24" />
        </div>
        <div className={shown.agent}>
          <SkeletonBlock className="h-4 w-32" />
        </div>
        <div className={shown.tags}>
          <SkeletonBlock className="h-4 w-20" />
        </div>
        <div className={shown.messages}>
          <SkeletonBlock className="ml-auto h-4 w-8" />
        </div>
        <SkeletonBlock className="ml-auto h-4 w-14" />
      </div>
    ))}
  </div>
)
