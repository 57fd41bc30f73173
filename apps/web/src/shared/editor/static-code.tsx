import { Fragment } from "react"
import { Highlight } from "#shared/ui/highlight.tsx"
import { visualCalls, visualSize } from "./visual-calls.ts"

interface Part {
  /** The number of its first line. */
  first: number
  lines: string[]
  /** Pixels that are left free below it. */
  gap: number
}

/** Lines of code, apart where a visual is drawn between two of them. */
function partsOf(code: string, withVisuals: boolean): Part[] {
  const lines = code.split(/\r\n?|\n/)
  const gaps = new Map<number, number>()
  for (const call of withVisuals ? visualCalls(code) : []) {
    const line = code.slice(0, call.to).split(/\r\n?|\n/).length
    gaps.set(line, (gaps.get(line) ?? 0) + visualSize(call).place)
  }
  const ends = [...gaps.keys()].sort((one, other) => one - other)
  const cuts = ends.at(-1) === lines.length ? ends : [...ends, lines.length]
  return cuts.map((end, place) => {
    const begin = cuts[place - 1] ?? 0
    return { first: begin + 1, lines: lines.slice(begin, end), gap: gaps.get(end) ?? 0 }
  })
}

const Gap = ({ height }: { height: number }) => (height > 0 ? <span className="block" style={{ height }} /> : null)

/** Code with its line numbers, in the box and at the size of the editor that takes its place. */
export function StaticCode({
  code,
  label,
  withVisuals = false,
}: {
  code: string
  label: string
  withVisuals?: boolean
}) {
  const parts = partsOf(code, withVisuals)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many.
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
      tabIndex={0}
      className="flex overflow-x-auto py-3 font-mono text-(length:--code-size,0.8125rem)/(--code-line,1.3125rem) -outline-offset-2"
    >
      <pre
        aria-hidden="true"
        className="sticky left-0 min-w-[calc(2ch+1.75rem)] shrink-0 bg-panel pr-3 pl-4 text-right text-faint select-none"
      >
        {parts.map(({ first, lines, gap }) => (
          <Fragment key={first}>
            {lines.map((_, place) => first + place).join("\n")}
            <Gap height={gap} />
          </Fragment>
        ))}
      </pre>
      <pre className="pr-4">
        <code>
          {parts.map(({ first, lines, gap }) => (
            <Fragment key={first}>
              <Highlight code={lines.join("\n")} />
              <Gap height={gap} />
            </Fragment>
          ))}
        </code>
      </pre>
    </div>
  )
}
