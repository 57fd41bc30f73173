import type { Outputs } from "@strudel-agent/client/client"
import { itemPath } from "../markdown/item-link.ts"
import { summaryOf } from "../markdown/summary.ts"
import { Row, RowList } from "../ui/row-list.tsx"
import { countOf } from "../words/count.ts"

/** Playlists, one a row. */
export const PlaylistRows = ({
  playlists,
  busy = false,
  showProject = true,
}: {
  playlists: Outputs["playlist"]["list"]["items"]
  busy?: boolean
  showProject?: boolean
}) => (
  <RowList busy={busy}>
    {playlists.map(({ projectId, id, name, body, songIds, updatedAt }) => (
      <Row
        key={`${projectId}/${id}`}
        href={itemPath({ itemType: "playlist", projectId, itemId: id })}
        name={name}
        note={[showProject && projectId, summaryOf(body)].filter(Boolean).join(" · ")}
        facts={countOf(songIds.length, "song")}
        changed={updatedAt}
      />
    ))}
  </RowList>
)
