"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { AudioWaveformIcon, DiscAlbumIcon, ListMusicIcon, type LucideIcon, Trash2Icon } from "lucide-react"
import { RowMenu } from "#shared/items/row-menu.tsx"
import { isCovered } from "#shared/keyboard/covered.ts"
import { summaryOf } from "#shared/markdown/summary.ts"
import { Link } from "#shared/ui/link.tsx"
import { PendingHint } from "#shared/ui/pending-hint.tsx"
import { SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { useHidden } from "#shared/ui/undo.ts"
import { countOf, formatNumber } from "#shared/words/count.ts"
import { projectKey, useDeleteProject } from "./delete-project.tsx"

type Project = Outputs["project"]["list"]["items"][number]

const Count = ({ icon: Icon, value, one }: { icon: LucideIcon; value: number; one: string }) => (
  <span className={`flex items-center gap-1.5 ${value === 0 ? "text-faint" : ""}`} title={countOf(value, one)}>
    <Icon className="size-3.5 text-faint" aria-hidden="true" />
    <span aria-hidden="true" className="tabular-nums">
      {formatNumber(value)}
    </span>
    <span className="sr-only">{countOf(value, one)}</span>
  </span>
)

function ProjectCard({ project, onDelete }: { project: Project; onDelete: () => void }) {
  const { id, name, description, clipCount, songCount, playlistCount, updatedAt } = project
  return (
    <li
      onKeyDown={(event) => event.key === "Delete" && !isCovered(event.target) && onDelete()}
      className="group relative flex min-w-0 flex-col gap-3 rounded-card border border-line bg-panel p-4 transition-colors hover:border-edge has-[a:focus-visible]:border-accent"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h3 dir="auto" className="truncate text-base leading-6 font-medium">
            <Link
              href={`/projects/${encodeURIComponent(id)}`}
              data-row
              className="after:absolute after:inset-0 after:rounded-card group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {name} <PendingHint className="inline-block align-middle" />
            </Link>
          </h3>
          <p className="truncate font-mono text-xs text-soft">{id}</p>
        </div>
        <div className="-mt-1 -mr-2">
          <RowMenu
            label={`What to do with ${name}`}
            draw={({ MenuItem }) => (
              <MenuItem icon={Trash2Icon} danger onSelect={onDelete}>
                Delete…
              </MenuItem>
            )}
          />
        </div>
      </div>
      <p className="line-clamp-2 min-h-10 text-sm/5 text-soft">{summaryOf(description)}</p>
      <p className="mt-auto flex items-center gap-4 text-sm text-soft">
        <Count icon={AudioWaveformIcon} value={clipCount} one="clip" />
        <Count icon={DiscAlbumIcon} value={songCount} one="song" />
        <Count icon={ListMusicIcon} value={playlistCount} one="playlist" />
        <span className="relative z-1 ml-auto text-xs">
          <Ago at={updatedAt} />
        </span>
      </p>
    </li>
  )
}

const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-4"

/** Projects as cards. */
export function ProjectCards({ projects, busy }: { projects: Project[]; busy: boolean }) {
  const hidden = useHidden()
  const { askDelete, dialog } = useDeleteProject()
  return (
    <>
      <ul aria-busy={busy} className={`${grid} transition-opacity ${busy ? "opacity-60" : ""}`}>
        {projects
          .filter(({ id }) => !hidden.has(projectKey(id)))
          .map((project) => (
            <ProjectCard key={project.id} project={project} onDelete={() => askDelete(project)} />
          ))}
      </ul>
      {dialog}
    </>
  )
}

const ghosts = Array.from({ length: 6 }, (_, index) => index)

/** The shape of the cards before they are there. */
export const ProjectCardsSkeleton = () => (
  <div aria-hidden="true" className={grid}>
    {ghosts.map((ghost) => (
      <div key={ghost} className="flex h-40 flex-col gap-3 rounded-card border border-line bg-panel p-4">
        <SkeletonBlock className="h-4 w-1/2" />
        <SkeletonBlock className="h-3 w-1/4" />
        <SkeletonBlock className="mt-3 h-3 w-5/6" />
        <SkeletonBlock className="h-3 w-3/5" />
      </div>
    ))}
  </div>
)
