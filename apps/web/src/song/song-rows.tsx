import type { Outputs } from "@strudel-agent/client/client"
import { itemPath } from "../markdown/item-link.ts"
import { summaryOf } from "../markdown/summary.ts"
import { Row, RowList } from "../ui/row-list.tsx"
import { countOf } from "../words/count.ts"
import { Arrangement } from "./arrangement.tsx"

/** Songs, one a row. */
export const SongRows = ({
  songs,
  busy = false,
  showProject = true,
}: {
  songs: Outputs["song"]["list"]["items"]
  busy?: boolean
  showProject?: boolean
}) => (
  <RowList busy={busy}>
    {songs.map(({ projectId, id, name, body, clipIds, updatedAt }) => (
      <Row
        key={`${projectId}/${id}`}
        href={itemPath({ itemType: "song", projectId, itemId: id })}
        name={name}
        note={[showProject && projectId, summaryOf(body)].filter(Boolean).join(" · ")}
        picture={<Arrangement clipIds={clipIds} className="h-8 w-full text-edge group-hover:text-accent" />}
        facts={countOf(clipIds.length, "clip")}
        changed={updatedAt}
      />
    ))}
  </RowList>
)
