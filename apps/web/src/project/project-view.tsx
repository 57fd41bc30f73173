"use client"

import { AudioWaveformIcon, DiscAlbumIcon, ListMusicIcon } from "lucide-react"
import { api } from "../api/trpc.ts"
import { ClipGrid, ClipGridSkeleton } from "../clip/clip-card.tsx"
import { Markdown } from "../markdown/markdown.tsx"
import { withoutTitle } from "../markdown/summary.ts"
import { PlaylistRows } from "../playlist/playlist-rows.tsx"
import { SongRows } from "../song/song-rows.tsx"
import { Empty } from "../ui/empty.tsx"
import { FailedQuery } from "../ui/failed-query.tsx"
import { ItemSkeleton } from "../ui/item-skeleton.tsx"
import { Link } from "../ui/link.tsx"
import { Page, PageTitle, Part } from "../ui/page.tsx"
import { PagedList } from "../ui/paged-list.tsx"
import { RowListSkeleton } from "../ui/row-list.tsx"
import { formatNumber } from "../words/count.ts"
import { partInput } from "./project-inputs.ts"

const next = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor }

function Clips({ id }: { id: string }) {
  const query = api.clip.list.useInfiniteQuery(partInput(id), next)
  return (
    <PagedList
      query={query}
      what="clip"
      skeleton={<ClipGridSkeleton />}
      empty={<Empty icon={AudioWaveformIcon} title="No clips yet" />}
      draw={(clips, busy) => <ClipGrid clips={clips} busy={busy} showProject={false} />}
    />
  )
}

function Songs({ id }: { id: string }) {
  const query = api.song.list.useInfiniteQuery(partInput(id), next)
  return (
    <PagedList
      query={query}
      what="song"
      skeleton={<RowListSkeleton />}
      empty={<Empty icon={DiscAlbumIcon} title="No songs yet" />}
      draw={(songs) => <SongRows songs={songs} showProject={false} />}
    />
  )
}

function Playlists({ id }: { id: string }) {
  const query = api.playlist.list.useInfiniteQuery(partInput(id), next)
  return (
    <PagedList
      query={query}
      what="playlist"
      skeleton={<RowListSkeleton />}
      empty={<Empty icon={ListMusicIcon} title="No playlists yet" />}
      draw={(playlists) => <PlaylistRows playlists={playlists} showProject={false} />}
    />
  )
}

/** The page of one project. */
export function ProjectView({ id, broken }: { id: string; broken: string[] }) {
  const query = api.project.byId.useQuery({ id })
  if (query.isPending) return <ItemSkeleton what="the project" />
  if (!query.data) return <FailedQuery query={query} />
  const project = query.data
  return (
    <Page>
      <PageTitle above={<p className="text-sm text-soft">Project · {id}</p>} title={project.name} />
      {project.description.trim() && (
        <div className="max-w-2xl text-lg/relaxed text-soft">
          <Markdown
            text={withoutTitle(project.description, project.name)}
            base={{ projectId: id, folder: "" }}
            broken={broken}
            start={2}
          />
        </div>
      )}
      <p>
        <Link
          href={`/sessions?project=${encodeURIComponent(id)}`}
          className="text-sm text-accent underline underline-offset-4"
        >
          Sessions of this project
        </Link>
      </p>
      <Part title="Clips" note={formatNumber(project.clipCount)}>
        <Clips id={id} />
      </Part>
      <Part title="Songs" note={formatNumber(project.songCount)}>
        <Songs id={id} />
      </Part>
      <Part title="Playlists" note={formatNumber(project.playlistCount)}>
        <Playlists id={id} />
      </Part>
    </Page>
  )
}
