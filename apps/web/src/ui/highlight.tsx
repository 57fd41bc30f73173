import { memo } from "react"
import { type Ink, inkCode } from "./code-tokens.ts"

/** Characters beyond which code stays plain: every word of it would be an element of the page. */
const most = 60_000

const inks: Record<Exclude<Ink, "plain">, string> = {
  string: "text-code-string",
  number: "text-code-number",
  comment: "text-code-comment",
  keyword: "text-code-keyword",
  call: "text-code-call",
}

/** Strudel code in its colours. It is only shown, never run. */
export const Highlight = memo(function Highlight({ code }: { code: string }) {
  if (code.length > most) return code
  return inkCode(code).map(({ ink, text }, place) =>
    ink === "plain" ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a run of code is its place.
      <span key={place} className={inks[ink]}>
        {text}
      </span>
    ),
  )
})
