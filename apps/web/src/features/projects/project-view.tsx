"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { LayoutGridIcon, PlusIcon, Trash2Icon } from "lucide-react"
import { useRouter } from "next/navigation"
import { type ComponentType, type ReactNode, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { useItemActions } from "#shared/items/item-actions.ts"
import { ItemHead } from "#shared/items/item-head.tsx"
import { useActions } from "#shared/keyboard/actions.ts"
import { TextPart } from "#shared/text/text-part.tsx"
import { Button, IconButton } from "#shared/ui/button.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page, Part } from "#shared/ui/page.tsx"
import { countOf, formatNumber } from "#shared/words/count.ts"
import { useDeleteProject } from "./delete-project.tsx"
import { ProjectSessions } from "./project-sessions.tsx"
import { useProjectStore } from "./project-store.ts"

/** What a project holds, as the features show and make it that it belongs to. */
export interface ProjectParts {
  Clips: ComponentType<{ projectId: string }>
  Songs: ComponentType<{ projectId: string }>
  Playlists: ComponentType<{ projectId: string }>
  /** The dialogs that make one of each in a project. */
  makers: Record<Making, ComponentType<{ projectId: string; onClose: () => void }>>
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

type Making = (typeof makings)[number][1]

function LoadedProject({
  project,
  broken,
  parts: { Clips, Songs, Playlists, makers },
}: {
  project: Project
  broken: string[] | undefined
  parts: ProjectParts
}) {
  const { id, name, clipCount, songCount, playlistCount } = project
  const router = useRouter()
  const store = useProjectStore(id)
  const [renaming, setRenaming] = useState(false)
  const [making, setMaking] = useState<Making>()
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
  const Maker = making && makers[making]
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
            storage={store.text}
          />
        </div>
        <GrowingPart title="Sessions" what="session" onNew={() => setMaking("session")}>
          <ProjectSessions id={id} />
        </GrowingPart>
      </div>
      <GrowingPart title="Clips" note={formatNumber(clipCount)} what="clip" onNew={() => setMaking("clip")}>
        <Clips projectId={id} />
      </GrowingPart>
      <GrowingPart title="Songs" note={formatNumber(songCount)} what="song" onNew={() => setMaking("song")}>
        <Songs projectId={id} />
      </GrowingPart>
      <GrowingPart
        title="Playlists"
        note={formatNumber(playlistCount)}
        what="playlist"
        onNew={() => setMaking("playlist")}
      >
        <Playlists projectId={id} />
      </GrowingPart>
      {Maker && <Maker projectId={id} onClose={() => setMaking(undefined)} />}
      {dialog}
    </Page>
  )
}

/** The page of one project. */
export function ProjectView({ id, broken, parts }: { id: string; broken: string[] | undefined; parts: ProjectParts }) {
  const query = api.project.byId.useQuery({ id })
  if (query.isPending) return <ItemSkeleton what="the project" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedProject key={id} project={query.data} broken={broken} parts={parts} />
}
