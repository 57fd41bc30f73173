import { Page } from "./page.tsx"
import { Bone, Loading } from "./skeleton.tsx"

/** The shape of an item's page before the item is there. */
export const ItemSkeleton = ({ what }: { what: string }) => (
  <Page>
    <Loading what={what} />
    <Bone className="h-4 w-32" />
    <Bone className="h-10 w-72 max-w-full" />
    <Bone className="mt-4 h-80 w-full" />
  </Page>
)
