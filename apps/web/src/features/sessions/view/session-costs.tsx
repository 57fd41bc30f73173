"use client"

import { api } from "#shared/api/trpc.ts"
import { Fact } from "#shared/ui/page.tsx"
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
        {formatCost(row.cost)}
        {row.unpriced > 0 && <span className="text-soft"> and {row.unpriced} answers of unknown price</span>}
      </Fact>
    </>
  )
}
