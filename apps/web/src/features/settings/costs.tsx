"use client"

import type { Outputs } from "@strudel-agent/client/client"
import type { RunCostGroup } from "@strudel-agent/contract/run"
import { keepPreviousData } from "@tanstack/react-query"
import { ReceiptTextIcon } from "lucide-react"
import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Empty } from "#shared/ui/empty.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Select } from "#shared/ui/field.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { formatNumber } from "#shared/words/count.ts"
import { dollars } from "./amount.ts"

type Row = Outputs["run"]["costs"]["rows"][number]

const groups = { day: "Day", session: "Session", project: "Project", model: "Model" } as const
const isGroup = (text: string): text is RunCostGroup => Object.hasOwn(groups, text)

const underlined = "underline-offset-4 hover:underline"

function Name({ row: { key, name }, by }: { row: Row; by: RunCostGroup }) {
  const words = name ?? key ?? "None"
  if (key !== null && by === "session") {
    return (
      <Link href={`/sessions/${key}`} className={underlined}>
        {words}
      </Link>
    )
  }
  if (key !== null && by === "project") {
    return (
      <Link href={`/projects/${encodeURIComponent(key)}`} className={underlined}>
        {words}
      </Link>
    )
  }
  return words
}

function Table({ rows, by }: { rows: Row[]; by: RunCostGroup }) {
  const most = Math.max(...rows.map(({ cost }) => cost))
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[32rem] text-sm">
        <thead className="text-left text-soft">
          <tr>
            <th className="py-2 pr-4 font-medium">{groups[by]}</th>
            <th className="py-2 pr-4 text-right font-medium">Answers</th>
            <th className="py-2 pr-4 text-right font-medium">Tokens in</th>
            <th className="py-2 pr-4 text-right font-medium">Tokens out</th>
            <th className="py-2 text-right font-medium">Cost</th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-line">
              <th className="max-w-64 py-2 pr-4 text-left font-normal [overflow-wrap:anywhere]">
                <Name row={row} by={by} />
                <span
                  aria-hidden="true"
                  className="mt-1 block h-1 rounded bg-accent"
                  style={{ width: most > 0 ? `${(row.cost / most) * 100}%` : 0 }}
                />
              </th>
              <td className="py-2 pr-4 text-right">{formatNumber(row.runs)}</td>
              <td className="py-2 pr-4 text-right">{formatNumber(row.inputTokens)}</td>
              <td className="py-2 pr-4 text-right">{formatNumber(row.outputTokens)}</td>
              <td className="py-2 text-right">
                {dollars(row.cost)}
                {row.unpriced > 0 && (
                  <span className="block text-xs text-soft">{formatNumber(row.unpriced)} without a price</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What answers cost together, by what they belong to. */
export function Costs() {
  const [by, setBy] = useState<RunCostGroup>("day")
  const query = api.run.costs.useQuery({ by }, { placeholderData: keepPreviousData })
  const { data } = query
  const shown = query.isPlaceholderData ? undefined : data?.rows
  return (
    <div className="flex flex-col gap-4">
      <Select
        label="By"
        value={by}
        className="max-w-48"
        onChange={({ target }) => {
          if (isGroup(target.value)) setBy(target.value)
        }}
      >
        {Object.entries(groups).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
      {query.error ? (
        <FailedQuery query={query} />
      ) : shown === undefined ? (
        <>
          <Loading what="costs" />
          <SkeletonBlock className="h-48 w-full" />
        </>
      ) : shown.length === 0 ? (
        <Empty icon={ReceiptTextIcon} title="No answer yet">
          What the agent answers is counted here, with its tokens and what they cost.
        </Empty>
      ) : (
        <Table rows={shown} by={by} />
      )}
    </div>
  )
}
