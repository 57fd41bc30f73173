import type { Run } from "#shared/song/order.ts"

/** An order under a title, to be read beside another. */
export function OrderColumn({ title, runs, nameOf }: { title: string; runs: Run[]; nameOf: (id: string) => string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-semibold">{title}</h3>
      {runs.length === 0 && <p className="text-sm text-soft">Nothing.</p>}
      <ol className="max-h-60 list-decimal overflow-y-auto pl-6 text-sm marker:font-mono marker:text-xs marker:text-faint">
        {runs.map(({ key, id, times }) => (
          <li key={key} className="truncate">
            {nameOf(id)}
            {times > 1 && <span className="text-soft"> ×{times}</span>}
          </li>
        ))}
      </ol>
    </div>
  )
}
