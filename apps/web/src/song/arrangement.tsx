/** Steps and lanes beyond which the picture stops growing. */
const most = { steps: 64, lanes: 10 } as const

/** A song as a score: one step to the right for each clip it plays, one lane for each different clip. */
export function Arrangement({
  clipIds,
  colors,
  className = "",
}: {
  clipIds: string[]
  /** Checked colours by clip. */
  colors?: Map<string, string>
  className?: string
}) {
  const steps = clipIds.slice(0, most.steps)
  const lanes = [...new Set(steps)].slice(0, most.lanes)
  if (lanes.length === 0) return null
  return (
    <svg
      viewBox={`0 0 ${steps.length * 10} ${lanes.length * 6}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={className}
    >
      {steps.map((id, step) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
          key={step}
          x={step * 10 + 0.75}
          y={(lanes.indexOf(id) < 0 ? lanes.length - 1 : lanes.indexOf(id)) * 6 + 0.75}
          width={8.5}
          height={4.5}
          rx={1}
          fill={colors?.get(id) ?? "currentColor"}
        />
      ))}
    </svg>
  )
}
