import type { Outputs } from "@strudel-agent/client/client"
import { isItemKind } from "@strudel-agent/contract/item"
import { Link } from "#shared/ui/link.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { itemTypeNames } from "../filter/session-filter.ts"

type Session = Outputs["session"]["byId"]

/** What a session is about, as a link where the library can hold it. */
export function SessionItem({ session: { itemType, itemId, projectId } }: { session: Session }) {
  if (!itemType) return <span className="text-faint">–</span>
  const type = itemTypeNames[itemType].toLowerCase()
  if (!itemId) return <span>{type}</span>
  const inLibrary = isItemKind(itemType)
  return (
    <span>
      <span className="text-soft">{type} </span>
      {inLibrary && projectId ? (
        <Link
          href={itemPath({ itemType, projectId, itemId })}
          className="underline decoration-line underline-offset-4 hover:decoration-accent"
        >
          {itemId}
        </Link>
      ) : (
        itemId
      )}
    </span>
  )
}
