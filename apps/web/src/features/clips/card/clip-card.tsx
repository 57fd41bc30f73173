import { type ClipCard as Clip, clipKey } from "#shared/clip/clip-list.ts"
import { ClipPicture } from "#shared/clip/clip-picture.tsx"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { Highlight } from "#shared/ui/highlight.tsx"
import { Link } from "#shared/ui/link.tsx"
import { PendingHint } from "#shared/ui/pending-hint.tsx"
import { SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Tag } from "#shared/ui/tag.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { CardMenuButton, type CardTools, SelectBox, Uses } from "./clip-card-parts.tsx"
import { RenameInput } from "./clip-rename.tsx"

/** Lines of code on a card. */
const lines = 4

const firstLines = (code: string): string => code.split("\n").slice(0, lines).join("\n")

export interface CardProps {
  clip: Clip
  showProject: boolean
  selected?: boolean
  /** Whether its name is being changed. */
  renaming?: boolean
  /** What can be done with it; without, it only leads to its page. */
  tools?: CardTools | undefined
}

const nameLink =
  "after:absolute after:inset-0 after:z-1 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"

/** The name that leads to the clip's page, or the field that changes it. */
export function ClipName({ clip, renaming, tools, round }: CardProps & { round: boolean }) {
  if (renaming && tools) return <RenameInput clip={clip} tools={tools} />
  return (
    <Link
      href={itemPath({ itemType: "clip", projectId: clip.projectId, itemId: clip.id })}
      data-row
      onClick={(event) => {
        if (!tools || !event.shiftKey) return
        event.preventDefault()
        tools.toggle(clipKey(clip), true)
      }}
      className={`${nameLink} ${round ? "focus-visible:after:rounded-card" : ""}`}
    >
      {clip.name} <PendingHint className="inline-block align-middle" />
    </Link>
  )
}

export function ClipCard(props: CardProps) {
  const { clip, showProject, selected = false, tools } = props
  const { bpm, scale, tags, color } = clip.facts
  return (
    <li
      data-clip={clipKey(clip)}
      data-key={clipKey(clip)}
      className={`group relative flex h-full min-w-0 flex-col overflow-hidden rounded-card border bg-panel transition-colors has-[a:focus-visible]:border-accent ${selected ? "border-accent bg-wash" : "border-line hover:border-edge"}`}
    >
      <span
        aria-hidden="true"
        className="absolute inset-y-0 left-0 w-1 bg-transparent"
        style={color ? { backgroundColor: color } : undefined}
      />
      <div className="flex items-start gap-2.5 px-4 pt-3.5">
        {tools && <SelectBox clip={clip} selected={selected} tools={tools} />}
        <div className="min-w-0 flex-1">
          <h3 dir="auto" className="truncate leading-5 font-medium">
            <ClipName {...props} round />
          </h3>
          <p className="truncate text-xs/4 text-soft">
            {showProject ? clip.projectId : clip.id}
            {clip.version > 1 && <span className="text-faint"> · v{clip.version}</span>}
          </p>
        </div>
        <p className="shrink-0 text-right">
          {bpm !== undefined && (
            <span className="block font-mono text-sm/5 tabular-nums">
              {bpm}
              <span className="text-xs text-soft"> bpm</span>
            </span>
          )}
          {scale && <span className="block max-w-28 truncate text-xs/4 text-soft">{scale}</span>}
        </p>
      </div>
      <ClipPicture clip={clip} className="mx-4 mt-3 h-16" spoken />
      <pre className="mx-4 mt-2 h-[3.9rem] overflow-hidden font-mono text-[0.6875rem]/[1.2rem] [mask-image:linear-gradient(black_55%,transparent)]">
        <code>
          <Highlight code={firstLines(clip.codeStart)} />
        </code>
      </pre>
      <div className="flex h-10 items-center gap-1 pr-2 pb-1.5 pl-4">
        <p className="flex h-6 min-w-0 flex-1 flex-wrap items-center gap-1 overflow-hidden">
          {[...new Set(tags)].slice(0, 4).map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
        <Uses clip={clip} />
        <PlayButton
          item={{ itemType: "clip", projectId: clip.projectId, itemId: clip.id }}
          name={clip.name}
          size="small"
        />
        {tools && <CardMenuButton clip={clip} tools={tools} />}
      </div>
    </li>
  )
}

/** Cards are as high as each other, whatever they say; there is a gap below the last ones, too. */
export const clipGrid =
  "grid auto-rows-[minmax(15rem,auto)] grid-cols-[repeat(auto-fill,minmax(min(100%,17.5rem),1fr))] gap-4 pb-4"

/** The same in rem. */
export const cardShape = { row: 15, gap: 1, column: 17.5 } as const

/** Clips as cards that lead to their pages. */
export const ClipGrid = ({
  clips,
  busy,
  showProject = true,
}: {
  clips: Clip[]
  busy: boolean
  showProject?: boolean
}) => (
  <ul aria-busy={busy} className={`${clipGrid} transition-opacity ${busy ? "opacity-60" : ""}`}>
    {clips.map((clip) => (
      <ClipCard key={clipKey(clip)} clip={clip} showProject={showProject} />
    ))}
  </ul>
)

const ghosts = Array.from({ length: 12 }, (_, index) => index)

/** The shape of the library before its clips are there. */
export const ClipGridSkeleton = ({ count = 8 }: { count?: number }) => (
  <div aria-hidden="true" className={clipGrid}>
    {ghosts.slice(0, count).map((ghost) => (
      <div key={ghost} className="flex flex-col gap-3 rounded-card border border-line bg-panel p-4">
        <SkeletonBlock className="h-4 w-1/2" />
        <SkeletonBlock className="h-3 w-1/4" />
        <SkeletonBlock className="mt-3 h-3 w-5/6" />
        <SkeletonBlock className="h-3 w-3/5" />
        <SkeletonBlock className="h-3 w-4/5" />
      </div>
    ))}
  </div>
)
