import type { Client } from "@strudel-agent/client/client"
import type { RunUsage } from "@strudel-agent/contract/run"
import type { CostLimits, ModelPrice } from "@strudel-agent/contract/run/agent-settings"
import { addedUsage, costOf, noUsage, storableCost, storableUsage } from "@strudel-agent/model-provider/cost"
import { RunFailed } from "./run-over.ts"

/** What the open runs of this process cost so far, which the server does not know yet. */
const open = new Map<object, number>()

const dollars = (amount: number): string =>
  amount === 0 || amount >= 0.01 ? `$${amount.toFixed(2)}` : `$${Number(amount.toPrecision(2))}`

/** What the runs of today cost together, in UTC. */
export async function costOfToday(client: Client, signal: AbortSignal): Promise<number> {
  const from = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`
  const { rows } = await client.run.costs.query({ by: "day", from }, { signal })
  return rows.reduce((sum, { cost }) => sum + cost, 0)
}

interface Guarded {
  limits: CostLimits
  price: ModelPrice | null
  /** What the runs of today cost, as the server knows it; asked where a day has a limit. */
  today(): Promise<number>
}

/** Counts what a run costs, and ends it where it or its day costs as much as it may. */
export class CostGuard {
  readonly #limits: CostLimits
  readonly #today: () => Promise<number>
  readonly #price: ModelPrice | null
  usage: RunUsage = noUsage
  /** US dollars; null where no price is known. */
  cost: number | null = null

  constructor({ limits, today, price }: Guarded) {
    this.#limits = limits
    this.#today = today
    this.#price = price
  }

  /** Counts one answer of the model, of which the provider may have told the cost. */
  add(usage: RunUsage, reportedCost: number | null): void {
    const counted = storableUsage(usage)
    this.usage = addedUsage(this.usage, counted)
    const cost = this.#price ? costOf(counted, this.#price) : reportedCost
    if (cost === null) return
    this.cost = storableCost((this.cost ?? 0) + cost)
    open.set(this, this.cost)
  }

  /** Throws where a limit is reached, also by what others answered meanwhile. */
  async check(): Promise<void> {
    const { run, day } = this.#limits
    if (run !== null && (this.cost ?? 0) >= run) {
      throw new RunFailed({
        reason: "too-expensive",
        words: `This answer cost ${dollars(this.cost ?? 0)}, and the settings let one cost ${dollars(run)} at most.`,
      })
    }
    if (day === null) return
    // Before the server is asked: a run that ends meanwhile is rather counted twice than not at all.
    const unknown = [...open.values()].reduce((sum, cost) => sum + cost, 0)
    const today = unknown + (await this.#today())
    if (today >= day) {
      throw new RunFailed({
        reason: "too-expensive",
        words: `The answers of today cost ${dollars(today)}, and the settings let a day cost ${dollars(day)} at most. A day begins at 00:00 UTC.`,
      })
    }
  }

  end(): void {
    open.delete(this)
  }
}
