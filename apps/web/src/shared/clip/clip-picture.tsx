import type { Outputs } from "@strudel-agent/client/client"
import { barLines, levelOpacity, pictureWords } from "@strudel-agent/strudel/picture-words"
import { TriangleAlertIcon } from "lucide-react"
import { SkeletonBlock } from "#shared/ui/skeleton.tsx"

/** What was found of a clip's code. */
export type Heard = Pick<Outputs["clip"]["cards"]["items"][number], "state" | "problem" | "picture">

const reasonOf = ({ problem }: Heard): string =>
  problem ? `${problem.line === null ? "" : `Line ${problem.line}: `}${problem.message}` : ""

/** Says that a clip's code does not play; why is its title. */
export const DoesNotPlay = ({ clip, className = "" }: { clip: Heard; className?: string }) => (
  <span
    title={reasonOf(clip)}
    className={`relative z-2 inline-flex items-center gap-1 text-xs font-medium text-danger ${className}`}
  >
    <TriangleAlertIcon className="size-3.5 shrink-0" aria-hidden="true" />
    does not play
  </span>
)

const frame = "flex min-w-0 items-center rounded-md border border-dashed border-line px-2.5 text-xs text-faint"

const withoutPicture = {
  plays: "plays",
  silent: "silent",
  definitions: "only definitions",
  slow: "takes long: play it to see it",
} as const

/** The strokes of a picture, in the colours of its sounds unless in one. */
export const Strokes = ({ picture, stroke }: { picture: NonNullable<Heard["picture"]>; stroke?: string }) =>
  picture.paths.map(({ colour, level, thickness, d }) => (
    <path
      key={`${colour} ${level} ${thickness}`}
      d={d}
      stroke={stroke ?? `var(--sound-${colour})`}
      strokeWidth={thickness}
      opacity={levelOpacity[level]}
      fill="none"
    />
  ))

/**
 * What a clip plays: time from left to right, a colour for each sound. A clip that makes no sound says so; `spoken` says
 * why one fails, where there is room.
 */
export function ClipPicture({ clip, className, spoken }: { clip: Heard; className: string; spoken?: boolean }) {
  const { state, picture } = clip
  if (state === null) return <SkeletonBlock className={className} />
  if (state === "fails") {
    return (
      <p className={`${frame} gap-2 overflow-hidden ${className}`}>
        <DoesNotPlay clip={clip} className="shrink-0" />
        {spoken && <span className="line-clamp-3 min-w-0 font-mono [overflow-wrap:anywhere]">{reasonOf(clip)}</span>}
      </p>
    )
  }
  if (!picture) return <p className={`${frame} ${className}`}>{withoutPicture[state]}</p>
  const { width, height } = picture
  return (
    <svg
      role="img"
      aria-label={pictureWords(picture)}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={`rounded-md bg-raised ${className}`}
    >
      <path d={barLines(picture)} className="stroke-line" vectorEffect="non-scaling-stroke" />
      <Strokes picture={picture} />
    </svg>
  )
}
