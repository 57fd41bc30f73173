"use client"

import { api } from "#shared/api/trpc.ts"
import { Fact } from "#shared/ui/page.tsx"
import { countOf } from "#shared/words/count.ts"
import { formatCost, formatTokens } from "#shared/words/tokens.ts"

/** What the answers of this installation's agent took in a session, once there is one. */
export function SessionCosts({ sessionId }: { sessionId: string }) {
  const { data } = api.run.costs.useQuery({ by: "session", sessionId })
  const [row] = data?.rows ?? []
  if (!row || row.inputTokens + row.outputTokens === 0) return null
  return (
    <>
      <Fact name="Tokens">
        {formatTokens(row.inputTokens)} in, {formatTokens(row.outputTokens)} out
      </Fact>
      <Fact name="Cost">
        {row.unpriced < row.runs && formatCost(row.cost)}
        {row.unpriced > 0 && (
          <span className="text-soft">
            {row.unpriced < row.runs ? " and " : ""}
            {countOf(row.unpriced, "answer")} of unknown price
          </span>
        )}
      </Fact>
    </>
  )
}
