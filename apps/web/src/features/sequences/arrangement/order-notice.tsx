"use client"

import { idsOf, runsOf } from "#shared/song/order.ts"
import { type PartKind, partWords } from "#shared/song/part.ts"
import { Button } from "#shared/ui/button.tsx"
import { OrderColumn } from "./order-column.tsx"
import type { Aside, OrderKeeper, OrderState } from "./order-keeper.ts"

function inWords(aside: Aside, kind: PartKind): string {
  const { inside, many } = partWords[kind]
  if (aside.kind === "conflict")
    return `The ${many} of this ${inside} were put in another order elsewhere. You see that order; yours is kept here.`
  if (aside.kind === "left") return "Your last order was not saved. You see what is stored; yours is kept here."
  const later = aside.failure.again ? " and saved when the server is back" : ""
  return `Not saved. ${aside.failure.text} You see what is stored; your order is kept here${later}.`
}

/** Says what became of an order that could not be stored, and what can be done about it. */
export function OrderNotice({
  keeper,
  state: { runs, aside },
  kind,
  nameOf,
}: {
  keeper: OrderKeeper
  state: OrderState
  kind: PartKind
  nameOf: (id: string) => string
}) {
  if (!aside) return null
  const isFailed = aside.kind === "failed"
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-card border border-danger bg-panel px-4 py-3 text-sm">
      <p className="[overflow-wrap:anywhere]">{inWords(aside, kind)}</p>
      {!isFailed && (
        <div className="grid grid-cols-2 gap-4">
          <OrderColumn
            title="Stored"
            runs={aside.kind === "conflict" ? runsOf({ ids: aside.theirs.ids }) : runsOf({ ids: idsOf(runs) })}
            nameOf={nameOf}
          />
          <OrderColumn title="Yours" runs={runsOf({ ids: idsOf(aside.meant) })} nameOf={nameOf} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => keeper.tryAgain()}>{isFailed ? "Try again" : "Save mine"}</Button>
        <Button onClick={() => keeper.dismiss()}>{isFailed ? "Let go of mine" : "Keep the stored one"}</Button>
      </div>
    </div>
  )
}
