import type { SearchPart } from "@strudel-agent/contract/search"

/** A text with what was looked for marked in it. */
export const Marked = ({ parts }: { parts: SearchPart[] }) =>
  parts.map(({ text, hit }, place) =>
    hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places.
      <mark key={place} className="rounded-sm bg-wash font-medium text-accent">
        {text}
      </mark>
    ) : (
      text
    ),
  )
