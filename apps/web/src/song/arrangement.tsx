import { type Heard, Strokes } from "../clip/clip-picture.tsx"

/** Steps and lanes beyond which the picture stops growing. */
const most = { steps: 64, lanes: 10 } as const
/** A step and a lane, and what of them a block fills. */
const size = { step: 10, lane: 6, width: 8.5, height: 4.5, margin: 0.75 } as const

type Picture = NonNullable<Heard["picture"]>

/** A song as a score: one step to the right for each clip it plays, one lane for each different clip. */
export function Arrangement({
  clipIds,
  colors,
  pictures,
  className = "",
}: {
  clipIds: string[]
  /** Checked colours by clip. */
  colors?: Map<string, string>
  /** What the clips play, drawn into their blocks. */
  pictures?: Map<string, Picture>
  className?: string
}) {
  const steps = clipIds.slice(0, most.steps)
  const lanes = [...new Set(steps)].slice(0, most.lanes)
  if (lanes.length === 0) return null
  return (
    <svg
      viewBox={`0 0 ${steps.length * size.step} ${lanes.length * size.lane}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={className}
    >
      {steps.map((id, step) => {
        const lane = lanes.indexOf(id) < 0 ? lanes.length - 1 : lanes.indexOf(id)
        const place = { x: step * size.step + size.margin, y: lane * size.lane + size.margin }
        const picture = pictures?.get(id)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
          <g key={step}>
            <rect {...place} width={size.width} height={size.height} rx={1} fill={colors?.get(id) ?? "currentColor"} />
            {picture && <Block picture={picture} {...place} />}
          </g>
        )
      })}
    </svg>
  )
}

const Block = ({ picture, x, y }: { picture: Picture; x: number; y: number }) => (
  <svg
    aria-hidden="true"
    x={x + 0.25}
    y={y}
    width={size.width - 0.5}
    height={size.height}
    viewBox={`0 0 ${picture.width} ${picture.height}`}
    preserveAspectRatio="none"
  >
    <Strokes picture={picture} stroke="var(--canvas)" />
  </svg>
)
