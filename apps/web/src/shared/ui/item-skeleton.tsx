import { Page } from "./page.tsx"
import { Loading, SkeletonBlock } from "./skeleton.tsx"

/** The shape of an item's page before the item is there. */
export const ItemSkeleton = ({ what }: { what: string }) => (
  <Page>
    <Loading what={what} />
    <SkeletonBlock className="h-4 w-32" />
    <SkeletonBlock className="h-10 w-72 max-w-full" />
    <SkeletonBlock className="mt-4 h-80 w-full" />
  </Page>
)
