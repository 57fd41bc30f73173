import { clipKey } from "#shared/clip/clip-list.ts"
import { ClipPicture, DoesNotPlay } from "#shared/clip/clip-picture.tsx"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Stripe } from "#shared/ui/stripe.tsx"
import { Tag } from "#shared/ui/tag.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { type CardProps, ClipName } from "../card/clip-card.tsx"
import { CardMenuButton, SelectBox, Uses } from "../card/clip-card-parts.tsx"

const columns =
  "grid-cols-[auto_minmax(0,1fr)_auto_auto] md:grid-cols-[auto_minmax(9rem,1.2fr)_minmax(0,2.2fr)_minmax(0,1fr)_4.5rem_6.5rem_auto]"

/** A clip as one line. */
export function ClipRow(props: CardProps) {
  const { clip, showProject, selected = false, tools } = props
  const { bpm, scale, tags, color } = clip.facts
  return (
    <li
      data-clip={clipKey(clip)}
      data-key={clipKey(clip)}
      className={`group relative grid ${columns} h-13 items-center gap-x-3 border-b border-line pr-1 pl-2 ${selected ? "bg-wash" : "hover:bg-panel"}`}
    >
      <span className="flex items-center">
        {tools && <SelectBox clip={clip} selected={selected} tools={tools} />}
        <Stripe color={color} className="h-7 w-1 shrink-0" />
      </span>
      <div className="min-w-0">
        <h3 className="truncate leading-5 font-medium">
          <ClipName {...props} round={false} />
        </h3>
        <p className="truncate text-xs/4 text-soft">
          {clip.state === "fails" && <DoesNotPlay clip={clip} className="mr-1.5 md:hidden" />}
          {showProject ? clip.projectId : clip.id}
        </p>
      </div>
      <div className="hidden min-w-0 items-center gap-3 md:flex">
        <ClipPicture clip={clip} className="h-9 w-32 shrink-0 lg:w-40" />
        <code className="min-w-0 truncate font-mono text-xs text-faint">{firstLine(clip.codeStart)}</code>
      </div>
      <p className="hidden h-5 min-w-0 flex-wrap gap-1 overflow-hidden md:flex">
        {[...new Set(tags)].slice(0, 3).map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </p>
      <p className="text-right">
        {bpm !== undefined && <span className="block font-mono text-sm/4 tabular-nums">{bpm}</span>}
        {scale && <span className="block max-w-24 truncate text-xs/4 text-soft md:max-w-none">{scale}</span>}
      </p>
      <p className="hidden text-right text-xs text-soft md:block">
        <span className="relative z-1">
          <Ago at={clip.updatedAt} />
        </span>
        <span className="block h-5">
          <Uses clip={clip} />
        </span>
      </p>
      <span className="flex items-center gap-1">
        <PlayButton
          item={{ itemType: "clip", projectId: clip.projectId, itemId: clip.id }}
          name={clip.name}
          size="small"
        />
        {tools && <CardMenuButton clip={clip} tools={tools} />}
      </span>
    </li>
  )
}

const firstLine = (code: string): string => code.slice(0, code.indexOf("\n") + 1 || undefined).trim()

const ghosts = Array.from({ length: 12 }, (_, index) => index)

/** The shape of the library's rows before they are there. */
export const ClipRowsSkeleton = ({ count = 10 }: { count?: number }) => (
  <div aria-hidden="true" className="border-t border-line">
    {ghosts.slice(0, count).map((ghost) => (
      <div key={ghost} className="flex h-13 items-center gap-6 border-b border-line pl-4">
        <SkeletonBlock className="h-4 w-40" />
        <SkeletonBlock className="hidden h-3 w-72 md:block" />
      </div>
    ))}
  </div>
)
