import { Highlight } from "#shared/ui/highlight.tsx"
import { formatNumber } from "#shared/words/count.ts"

/** Characters of one line that are shown, and runs of colour in it. */
const most = { characters: 2000, runs: 150 }

/** The code of one line of a comparison. */
export const DiffCode = ({ code }: { code: string }) => (
  <>
    <Highlight code={code.slice(0, most.characters)} most={most.runs} />
    {code.length > most.characters && (
      <span className="text-faint"> … {formatNumber(code.length - most.characters)} more characters</span>
    )}
  </>
)
