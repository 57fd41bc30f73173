"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { AudioWaveformIcon, DiscAlbumIcon, LayoutGridIcon, ListMusicIcon, PlusIcon, Trash2Icon } from "lucide-react"
import { useRouter } from "next/navigation"
import { type ReactNode, useState } from "react"
import { ClipGrid, ClipGridSkeleton } from "#features/clips/card/clip-card.tsx"
import { PlaylistRows, playlistKey } from "#features/sequences/playlists/playlist-rows.tsx"
import { SongRows, songKey } from "#features/sequences/songs/song-rows.tsx"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { clipKey } from "#shared/clip/clip-list.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowListSkeleton } from "#shared/collection/row-list.tsx"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { useItemActions } from "#shared/items/item-actions.ts"
import { ItemHead } from "#shared/items/item-head.tsx"
import { partInput } from "#shared/items/project-inputs.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { TextPart } from "#shared/text/text-part.tsx"
import { Button, IconButton } from "#shared/ui/button.tsx"
import { Empty } from "#shared/ui/empty.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page, Part } from "#shared/ui/page.tsx"
import { countOf, formatNumber } from "#shared/words/count.ts"
import { useDeleteProject } from "./delete-project.tsx"
import { ProjectSessions } from "./project-sessions.tsx"
import { useProjectStore } from "./project-store.ts"

const NewClip = onDemand(() => import("#features/clips/new/clip-new-dialog.tsx").then((part) => part.NewClipDialog))
const NewSession = onDemand(() =>
  import("#features/sessions/list/session-new-dialog.tsx").then((part) => part.SessionNewDialog),
)
const NewSong = onDemand(() => import("#features/sequences/songs/new-song.tsx").then((part) => part.NewSong))
const NewPlaylist = onDemand(() =>
  import("#features/sequences/playlists/new-playlist.tsx").then((part) => part.NewPlaylist),
)

const next = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor }

function Clips({ id }: { id: string }) {
  const query = api.clip.cards.useInfiniteQuery(partInput(id), next)
  return (
    <PagedList
      query={query}
      what="clip"
      skeleton={<ClipGridSkeleton />}
      empty={
        <Empty icon={AudioWaveformIcon} title="No clips yet">
          A clip is a piece of Strudel code. Write one with New clip, or drop files of code here.
        </Empty>
      }
      keyOf={clipKey}
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
      empty={
        <Empty icon={DiscAlbumIcon} title="No songs yet">
          A song puts clips of this project in order.
        </Empty>
      }
      keyOf={songKey}
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
      empty={
        <Empty icon={ListMusicIcon} title="No playlists yet">
          A playlist puts songs of this project in order.
        </Empty>
      }
      keyOf={playlistKey}
      draw={(playlists) => <PlaylistRows playlists={playlists} showProject={false} />}
    />
  )
}

/** A part with a button that makes one more of what it holds. */
const GrowingPart = ({
  title,
  note,
  what,
  onNew,
  children,
}: {
  title: string
  note?: string
  what: string
  onNew: () => void
  children: ReactNode
}) => (
  <div className="relative">
    <Part title={title} note={note}>
      {children}
    </Part>
    <Button onClick={onNew} className="absolute -top-2 right-0">
      <PlusIcon aria-hidden="true" />
      New {what}
    </Button>
  </div>
)

type Project = Outputs["project"]["byId"]

/** What is made within the project here, by the keys that make one anywhere else. */
const makings = [
  ["s", "session"],
  ["c", "clip"],
  ["o", "song"],
  ["p", "playlist"],
] as const

function LoadedProject({ project, broken }: { project: Project; broken: string[] | undefined }) {
  const { id, name, clipCount, songCount, playlistCount } = project
  const router = useRouter()
  const store = useProjectStore(id)
  const [renaming, setRenaming] = useState(false)
  const [making, setMaking] = useState<(typeof makings)[number][1]>()
  const { askDelete, dialog } = useDeleteProject(() => router.push("/projects"))
  useItemActions({ what: "project", onRename: () => setRenaming(true), onDelete: () => askDelete(project) })
  useActions([
    { id: "project-new", name: "New clip", keys: "n", group: "Make", run: () => setMaking("clip") },
    ...makings.map(([key, what]) => ({
      id: `project-new-${what}`,
      name: `New ${what} in this project`,
      keys: `c ${key}`,
      group: "Make",
      run: () => setMaking(what),
    })),
  ])
  const close = () => setMaking(undefined)
  return (
    <Page>
      <ItemHead
        above={<p className="text-sm text-soft">Project · {id}</p>}
        name={name}
        note={[countOf(clipCount, "clip"), countOf(songCount, "song"), countOf(playlistCount, "playlist")].join(" · ")}
        onRename={store.rename}
        renaming={renaming}
        setRenaming={setRenaming}
      >
        <Link
          href={`/projects/${encodeURIComponent(id)}/launcher`}
          className="inline-flex min-h-9 items-center gap-2 rounded-md border border-line bg-raised px-3.5 text-sm font-medium hover:border-edge"
        >
          <LayoutGridIcon className="size-4" aria-hidden="true" />
          Launcher
        </Link>
        <ImportButton />
        <IconButton label="Delete this project" onClick={() => askDelete(project)}>
          <Trash2Icon aria-hidden="true" />
        </IconButton>
      </ItemHead>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="max-w-3xl">
          <TextPart
            title="Description"
            empty="Nothing is written about it."
            stored={{ text: project.description, updatedAt: project.updatedAt }}
            name={name}
            base={{ projectId: id, folder: "" }}
            broken={broken}
            draftName={`project:${id}`}
            door={store.text}
          />
        </div>
        <GrowingPart title="Sessions" what="session" onNew={() => setMaking("session")}>
          <ProjectSessions id={id} />
        </GrowingPart>
      </div>
      <GrowingPart title="Clips" note={formatNumber(clipCount)} what="clip" onNew={() => setMaking("clip")}>
        <Clips id={id} />
      </GrowingPart>
      <GrowingPart title="Songs" note={formatNumber(songCount)} what="song" onNew={() => setMaking("song")}>
        <Songs id={id} />
      </GrowingPart>
      <GrowingPart
        title="Playlists"
        note={formatNumber(playlistCount)}
        what="playlist"
        onNew={() => setMaking("playlist")}
      >
        <Playlists id={id} />
      </GrowingPart>
      {making === "clip" && <NewClip projectId={id} onClose={close} />}
      {making === "session" && <NewSession projectId={id} onClose={close} />}
      {making === "song" && <NewSong projectId={id} onClose={close} />}
      {making === "playlist" && <NewPlaylist projectId={id} onClose={close} />}
      {dialog}
    </Page>
  )
}

/** The page of one project. */
export function ProjectView({ id, broken }: { id: string; broken: string[] | undefined }) {
  const query = api.project.byId.useQuery({ id })
  if (query.isPending) return <ItemSkeleton what="the project" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedProject key={id} project={query.data} broken={broken} />
}
