import { searchFilters } from "@strudel-agent/contract/search/text"
import { filterWords } from "./complete-filter.ts"

/** What a search box understands. */
export const FilterHelp = () => (
  <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-left">
    <dt className="font-mono text-xs text-ink">"the kick"</dt>
    <dd>these words, just like that</dd>
    <dt className="font-mono text-xs text-ink">x.fast(2)</dt>
    <dd>a piece of a clip's code</dd>
    {Object.entries(searchFilters).map(([name, example]) => (
      <div key={name} className="contents">
        <dt className="font-mono text-xs text-ink">
          {name}:{example}
        </dt>
        <dd>{filterWords[`${name}:`]}</dd>
      </div>
    ))}
  </dl>
)
