import { memo } from "react"
import { type Ink, type InkRun, inkCode } from "./code-tokens.ts"

/** Runs of colour in one piece of code; what is beyond stays plain, since each is an element of the page. */
const mostRuns = 6000

const inks: Record<Exclude<Ink, "plain">, string> = {
  string: "text-code-string",
  number: "text-code-number",
  comment: "text-code-comment",
  keyword: "text-code-keyword",
  call: "text-code-call",
}

/** Runs of code in their colours. */
export const Inked = ({ runs }: { runs: readonly InkRun[] }) =>
  runs.map(({ ink, text }, place) =>
    ink === "plain" ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a run of code is its place.
      <span key={place} className={inks[ink]}>
        {text}
      </span>
    ),
  )

/** Strudel code in its colours. It is only shown, never run. */
export const Highlight = memo(function Highlight({ code, most = mostRuns }: { code: string; most?: number }) {
  return <Inked runs={inkCode(code, most)} />
})
