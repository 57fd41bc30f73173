import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"

const ghosts = ["w-3/5", "w-4/5", "w-2/5", "w-full"] as const

/** The shape of a transcript before its messages are there. */
export const TranscriptSkeleton = () => (
  <div className="flex h-full flex-col justify-end gap-8 overflow-hidden px-4 pb-10 md:px-8">
    <Loading what="messages" />
    {ghosts.map((width) => (
      <div key={width} className="mx-auto flex w-full max-w-3xl gap-5">
        <SkeletonBlock className="size-8 shrink-0 rounded-full" />
        <div className="flex flex-1 flex-col gap-3 pt-1">
          <SkeletonBlock className="h-4 w-32" />
          <SkeletonBlock className={`h-4 ${width}`} />
          <SkeletonBlock className="h-4 w-3/4" />
        </div>
      </div>
    ))}
  </div>
)
