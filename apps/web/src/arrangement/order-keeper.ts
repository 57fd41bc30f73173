import { reasonOf } from "@strudel-agent/client/reason"
import { idsOf, type Run, runsOf, sameIds } from "./order.ts"

export interface StoredOrder {
  ids: string[]
  /** The moment of the last change, ISO 8601. */
  updatedAt: string
}

/** How an order is stored. */
export interface OrderDoor {
  /** Stores an order that was made on the state of a moment; rejects where the stored state is another. */
  save(ids: string[], expectedUpdatedAt: string): Promise<StoredOrder>
  load(): Promise<StoredOrder>
  /** The most parts that an order takes. */
  most: number
}

export type OrderState = { runs: Run[] } & (
  | { status: "saved" | "unsaved" | "saving" }
  /** `meant` is what could not be stored. */
  | { status: "failed"; meant: Run[]; error: unknown }
  | { status: "conflict"; meant: Run[]; theirs: StoredOrder }
)

class Conflict extends Error {
  readonly theirs: StoredOrder

  constructor(theirs: StoredOrder) {
    super("the order was changed elsewhere")
    this.theirs = theirs
  }
}

const changed = new Set<unknown>(["SONG_CHANGED", "PLAYLIST_CHANGED"])

/** Milliseconds of rest after which an edited order is stored. */
const usualRest = 600
/** Orders that can be gone back to. */
const mostPast = 100

/**
 * Keeps an order that is edited in step with the stored one: edits show at once and are stored together after a rest. An
 * order that cannot be stored is rolled back and kept aside; one that changed elsewhere meanwhile is a conflict.
 */
export class OrderKeeper {
  readonly #door: OrderDoor
  readonly #rest: number
  readonly #listeners = new Set<() => void>()
  #base: StoredOrder
  #state: OrderState
  #past: Run[][] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> | undefined
  /** Whether a drag is under way: nothing that comes from elsewhere may move rows then. */
  #held = false
  #seen: StoredOrder | undefined

  constructor(stored: StoredOrder, door: OrderDoor, rest = usualRest) {
    this.#door = door
    this.#rest = rest
    this.#base = stored
    this.#state = { runs: runsOf(stored.ids), status: "saved" }
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly state = (): OrderState => this.#state

  #show(state: OrderState) {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  /** Takes over what is stored, unless an edit is under way or what came is older than what is known. */
  adopt(stored: StoredOrder): void {
    this.#seen = stored
    if (this.#held || this.#state.status !== "saved" || stored.updatedAt <= this.#base.updatedAt) return
    const isSame = sameIds(stored.ids, this.#base.ids)
    this.#base = stored
    if (isSame) return
    this.#past = []
    this.#show({ runs: runsOf(stored.ids, this.#state.runs), status: "saved" })
  }

  hold(): void {
    this.#held = true
  }

  release(): void {
    this.#held = false
    if (this.#seen) this.adopt(this.#seen)
  }

  /** Changes the order; false where it would be longer than it may. */
  edit(change: (runs: readonly Run[]) => Run[]): boolean {
    const { runs } = this.#state
    const next = change(runs)
    const ids = idsOf(next)
    if (ids.length > this.#door.most) return false
    if (next.length === runs.length && sameIds(ids, idsOf(runs))) return true
    this.#past = [...this.#past.slice(1 - mostPast), runs]
    this.#put(next)
    return true
  }

  /** Goes back by one edit; false where there is none. */
  undo(): boolean {
    const former = this.#past.pop()
    if (former) this.#put(former)
    return former !== undefined
  }

  #put(runs: Run[]) {
    this.#show({ runs, status: this.#saving ? "saving" : "unsaved" })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), this.#rest)
  }

  /** Stores what is not stored yet; resolves when that is settled either way. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#saving) await this.#saving
    const { status, runs } = this.#state
    if (status !== "unsaved") return
    this.#saving = this.#save(runs)
    await this.#saving
  }

  async #save(runs: Run[]): Promise<void> {
    this.#show({ runs, status: "saving" })
    try {
      this.#base = await this.#send(idsOf(runs))
      this.#saving = undefined
      const { runs: latest } = this.#state
      if (latest === runs) this.#show({ runs, status: "saved" })
      else this.#put(latest)
    } catch (error) {
      this.#saving = undefined
      clearTimeout(this.#timer)
      const { runs: meant } = this.#state
      this.#past.push(meant)
      if (error instanceof Conflict) {
        const { theirs } = error
        this.#base = theirs
        this.#show({ runs: runsOf(theirs.ids, meant), status: "conflict", meant, theirs })
      } else this.#show({ runs: runsOf(this.#base.ids, meant), status: "failed", meant, error })
    }
  }

  /** Stores over the state that the edit began with; where only something else than the order changed, over that. */
  async #send(ids: string[]): Promise<StoredOrder> {
    try {
      return await this.#door.save(ids, this.#base.updatedAt)
    } catch (error) {
      if (!changed.has(reasonOf(error))) throw error
      const theirs = await this.#door.load()
      if (sameIds(theirs.ids, ids)) return theirs
      if (!sameIds(theirs.ids, this.#base.ids)) throw new Conflict(theirs)
      return this.#door.save(ids, theirs.updatedAt)
    }
  }

  /** Stores what was meant before it failed, or met another's order, over what is stored. */
  tryAgain(): void {
    const state = this.#state
    if (state.status !== "failed" && state.status !== "conflict") return
    this.#show({ runs: state.meant, status: "unsaved" })
    void this.flush()
  }

  /** Lets go of what was meant. */
  dismiss(): void {
    this.#show({ runs: this.#state.runs, status: "saved" })
    if (this.#seen) this.adopt(this.#seen)
  }
}
