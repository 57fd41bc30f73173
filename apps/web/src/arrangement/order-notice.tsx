"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { Button } from "../ui/button.tsx"
import { words } from "../words/reasons.ts"
import { idsOf, type Run, runsOf } from "./order.ts"
import type { OrderKeeper, OrderState } from "./order-keeper.ts"
import { type PartKind, partWords } from "./part.ts"

function Column({ title, runs, nameOf }: { title: string; runs: Run[]; nameOf: (id: string) => string }) {
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

/** Says what became of an order that could not be stored, and what can be done about it. */
export function OrderNotice({
  keeper,
  state,
  kind,
  nameOf,
}: {
  keeper: OrderKeeper
  state: OrderState
  kind: PartKind
  nameOf: (id: string) => string
}) {
  if (state.status !== "failed" && state.status !== "conflict") return null
  const { inside, many } = partWords[kind]
  const isConflict = state.status === "conflict"
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-card border border-danger bg-panel px-4 py-3 text-sm">
      <p className="[overflow-wrap:anywhere]">
        {isConflict
          ? `The ${many} of this ${inside} were put in another order elsewhere. You see that order; yours is kept here.`
          : `Not saved. ${words[reasonOf(state.error) ?? "INTERNAL"]} You see what is stored; your order is kept here.`}
      </p>
      {isConflict && (
        <div className="grid grid-cols-2 gap-4">
          <Column title="Stored" runs={runsOf(state.theirs.ids)} nameOf={nameOf} />
          <Column title="Yours" runs={runsOf(idsOf(state.meant))} nameOf={nameOf} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => keeper.tryAgain()}>{isConflict ? "Save mine" : "Try again"}</Button>
        <Button onClick={() => keeper.dismiss()}>{isConflict ? "Keep the stored one" : "Let go of mine"}</Button>
      </div>
    </div>
  )
}
