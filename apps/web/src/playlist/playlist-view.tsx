"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "../api/trpc.ts"
import { itemPath } from "../markdown/item-link.ts"
import { Markdown } from "../markdown/markdown.tsx"
import { withoutTitle } from "../markdown/summary.ts"
import { Arrangement } from "../song/arrangement.tsx"
import { FailedQuery } from "../ui/failed-query.tsx"
import { ItemHeader } from "../ui/item-header.tsx"
import { ItemSkeleton } from "../ui/item-skeleton.tsx"
import { Link } from "../ui/link.tsx"
import { Page, Part } from "../ui/page.tsx"
import { countOf } from "../words/count.ts"

type Playlist = Outputs["playlist"]["byId"]

function Songs({ playlist: { projectId, songIds, songs } }: { playlist: Playlist }) {
  const known = new Map(songs.map((song) => [song.id, song]))
  if (songIds.length === 0) return <p className="text-sm text-soft">No songs yet.</p>
  return (
    <ol className="flex flex-col">
      {songIds.map((id, place) => {
        const song = known.get(id)
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a song may stand at several places; the place is the key.
            key={place}
            className="group relative grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-3 hover:bg-panel sm:grid-cols-[1.5rem_minmax(0,1fr)_12rem_5rem]"
          >
            <span className="text-right font-mono text-xs text-faint tabular-nums">{place + 1}</span>
            <Link
              href={itemPath({ itemType: "song", projectId, itemId: id })}
              data-row
              className="min-w-0 truncate font-medium after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {song?.name ?? id}
            </Link>
            <div className="hidden sm:block">
              <Arrangement clipIds={song?.clipIds ?? []} className="h-7 w-full text-edge group-hover:text-accent" />
            </div>
            <span className="text-right text-xs text-soft">{countOf(song?.clipIds.length ?? 0, "clip")}</span>
          </li>
        )
      })}
    </ol>
  )
}

/** The page of one playlist. */
export function PlaylistView({ projectId, id, broken }: { projectId: string; id: string; broken: string[] }) {
  const query = api.playlist.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the playlist" />
  if (!query.data) return <FailedQuery query={query} />
  const playlist = query.data
  return (
    <Page>
      <ItemHeader
        kind="Playlist"
        projectId={projectId}
        name={playlist.name}
        note={countOf(playlist.songIds.length, "song")}
      />
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Part title="Songs in order" note={playlist.songIds.length || undefined}>
          <Songs playlist={playlist} />
        </Part>
        <Part title="Notes">
          {playlist.body.trim() ? (
            <Markdown
              text={withoutTitle(playlist.body, playlist.name)}
              base={{ projectId, folder: "playlists/" }}
              broken={broken}
              start={3}
            />
          ) : (
            <p className="text-sm text-soft">Nothing is written about it.</p>
          )}
        </Part>
      </div>
    </Page>
  )
}
