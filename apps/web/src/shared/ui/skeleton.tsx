/** A place where something will be; its size comes with the class. */
export const SkeletonBlock = ({ className = "" }: { className?: string }) => (
  <span aria-hidden="true" className={`block animate-shimmer rounded bg-line ${className}`} />
)

/** Tells those who do not see the shapes that something is on its way. */
export const Loading = ({ what }: { what: string }) => (
  <p role="status" className="sr-only">
    Loading {what}…
  </p>
)
