import { type Heard, Strokes } from "#shared/clip/clip-picture.tsx"

/** What plays at the same time, and how long. */
export interface Stretch {
  bars: number
  clipIds: string[]
}

/** Stretches and lanes beyond which the picture stops growing, and repetitions of a clip's picture in a block. */
const most = { stretches: 64, lanes: 10, repeats: 16 } as const
/** Height of a lane and of a block in it, width of the whole, the gap between blocks, and the space above them. */
const size = { lane: 6, height: 4.5, width: 640, gap: 2, margin: 0.75 } as const

type Picture = NonNullable<Heard["picture"]>

/** Each clip of an order by itself. */
export const oneByOne = (clipIds: string[]): Stretch[] => clipIds.map((id) => ({ bars: 1, clipIds: [id] }))

function lanesOf(stretches: Stretch[]): Map<string, number> {
  const ids = [...new Set(stretches.flatMap(({ clipIds }) => clipIds))]
  return new Map(ids.map((id, lane) => [id, Math.min(lane, most.lanes - 1)]))
}

/** Where each stretch begins, in bars. */
function beginsOf(stretches: Stretch[]): number[] {
  let at = 0
  return stretches.map(({ bars }) => {
    const begin = at
    at += bars
    return begin
  })
}

/** A song as a score: its stretches from left to right, as wide as they are long, one lane for each different clip. */
export function Arrangement({
  stretches,
  colors,
  pictures,
  className = "",
}: {
  stretches: Stretch[]
  /** Checked colours by clip. */
  colors?: Map<string, string>
  /** What the clips play, drawn into their blocks. */
  pictures?: Map<string, Picture>
  className?: string
}) {
  const shown = stretches.slice(0, most.stretches)
  const lanes = lanesOf(shown)
  const begins = beginsOf(shown)
  const all = shown.reduce((sum, { bars }) => sum + bars, 0)
  if (lanes.size === 0) return null
  const unit = size.width / all
  const height = Math.min(lanes.size, most.lanes) * size.lane
  return (
    <svg viewBox={`0 0 ${size.width} ${height}`} preserveAspectRatio="none" aria-hidden="true" className={className}>
      {shown.map(({ bars, clipIds }, index) =>
        [...new Set(clipIds)].map((id) => {
          const block = {
            x: (begins[index] ?? 0) * unit + size.gap / 2,
            y: (lanes.get(id) ?? 0) * size.lane + size.margin,
            width: Math.max(bars * unit - size.gap, 0.5),
            height: size.height,
          }
          const picture = pictures?.get(id)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place.
            <g key={`${index} ${id}`}>
              <rect {...block} rx={1} fill={colors?.get(id) ?? "currentColor"} />
              {picture && <Block picture={picture} bars={bars} block={block} />}
            </g>
          )
        }),
      )}
    </svg>
  )
}

/** What a clip plays, as often as it fits into its bars; a stretch that is told as one bar shows it once. */
function Block({
  picture,
  bars,
  block,
}: {
  picture: Picture
  bars: number
  block: { x: number; y: number; width: number; height: number }
}) {
  const times = Math.min(Math.max(bars / picture.cycles, 1), most.repeats)
  return (
    <svg
      aria-hidden="true"
      {...block}
      viewBox={`0 0 ${picture.width * times} ${picture.height}`}
      preserveAspectRatio="none"
    >
      {Array.from({ length: Math.ceil(times) }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a repetition is its place.
        <g key={index} transform={`translate(${index * picture.width})`}>
          <Strokes picture={picture} stroke="var(--canvas)" />
        </g>
      ))}
    </svg>
  )
}
