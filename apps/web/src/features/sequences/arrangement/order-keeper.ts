import { reasonOf } from "@strudel-agent/client/reason"
import { idsOf, type Places, placesOf, type Run, runsOf, sameIds, samePlaces } from "#shared/song/order.ts"
import type { KeptOrder } from "./kept-order.ts"

export interface StoredOrder extends Places {
  /** The moment of the last change, ISO 8601. */
  updatedAt: string
}

/** How an order is stored. */
export interface OrderStorage {
  /** Stores an order that was made on the state of a moment; rejects where the stored state is another. */
  save(places: Places, expectedUpdatedAt: string): Promise<StoredOrder>
  load(): Promise<StoredOrder>
  /** The most parts that an order takes. */
  most: number
}

/** An order that could not be stored, with what was changed since, and why. */
export type Aside = { meant: Run[] } & (
  | { kind: "failed"; error: unknown }
  /** It was found in this browser. */
  | { kind: "left" }
  | { kind: "conflict"; theirs: StoredOrder }
)

export interface OrderState {
  runs: Run[]
  status: "saved" | "unsaved" | "saving"
  aside?: Aside | undefined
}

class Conflict extends Error {
  readonly theirs: StoredOrder

  constructor(theirs: StoredOrder) {
    super("the order was changed elsewhere")
    this.theirs = theirs
  }
}

const changed = new Set<unknown>(["SONG_CHANGED", "PLAYLIST_CHANGED"])

const usualRest = 600
/** Orders that can be gone back to. */
const mostPast = 100

interface Options {
  /** Milliseconds of rest after which an edited order is stored. */
  rest?: number
  /** Keeps an order while it is not stored, for a page that comes later. */
  keep?: (order: KeptOrder | undefined) => void
}

/** A state that can be gone back to. */
type Past = Pick<OrderState, "runs"> & Partial<Pick<Aside, "meant">>

/**
 * Keeps an order that is edited in step with the stored one: edits show at once and are stored together after a rest. An
 * order that cannot be stored is rolled back and kept aside, where further edits change it too; one that changed
 * elsewhere meanwhile is a conflict.
 */
export class OrderKeeper {
  readonly #storage: OrderStorage
  readonly #rest: number
  readonly #keep: (order: KeptOrder | undefined) => void
  readonly #listeners = new Set<() => void>()
  #base: StoredOrder
  #state: OrderState
  #past: Past[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> | undefined
  /** Whether a drag is under way: nothing that comes from elsewhere may move rows then. */
  #held = false
  #seen: StoredOrder | undefined
  #isKept = false

  constructor(stored: StoredOrder, storage: OrderStorage, { rest = usualRest, keep = () => {} }: Options = {}) {
    this.#storage = storage
    this.#rest = rest
    this.#keep = keep
    this.#base = stored
    this.#state = { runs: runsOf(stored), status: "saved" }
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly state = (): OrderState => this.#state

  #show(state: OrderState) {
    this.#state = state
    const { runs, status, aside } = state
    const unstored = aside?.meant ?? (status === "saved" ? undefined : runs)
    // What another page keeps of the same order is none of this one's.
    if (unstored || this.#isKept) this.#keep(unstored && { ids: idsOf(unstored), base: this.#base.ids })
    this.#isKept = unstored !== undefined
    for (const listener of this.#listeners) listener()
  }

  /** Takes over what is stored, unless an edit is under way or what came is older than what is known. */
  adopt(stored: StoredOrder): void {
    this.#seen = stored
    const { runs, status, aside } = this.#state
    const isLearned = stored.updatedAt === this.#base.updatedAt && stored.sections && !this.#base.sections
    if (this.#held || this.#saving || status !== "saved") return
    if (stored.updatedAt <= this.#base.updatedAt && !isLearned) return
    const isSame = samePlaces(stored, this.#base)
    this.#base = stored
    if (isSame) return
    this.#past = []
    this.#show({ runs: runsOf(stored, runs), status: "saved", aside: aside && this.#against(aside.meant) })
  }

  /** An order aside against one that was stored elsewhere; undefined where that is the same. */
  #against(meant: Run[]): Aside | undefined {
    return sameIds(idsOf(meant), this.#base.ids) ? undefined : { kind: "conflict", meant, theirs: this.#base }
  }

  /** Takes note of an order that an earlier page could not store. */
  find({ ids, base }: KeptOrder): void {
    const { runs, status, aside } = this.#state
    if (status !== "saved" || aside) return
    const meant = runsOf({ ids }, runs)
    const conflict = this.#against(meant)
    const isOnTop = conflict && sameIds(base, this.#base.ids)
    this.#isKept = true
    this.#show({ runs, status, aside: isOnTop ? { kind: "left", meant } : conflict })
  }

  hold(): void {
    this.#held = true
  }

  release(): void {
    this.#held = false
    if (this.#seen) this.adopt(this.#seen)
  }

  /** Changes the order, and the one that is kept aside; false where it would be longer than it may. */
  edit(change: (runs: readonly Run[]) => Run[]): boolean {
    const { runs, aside } = this.#state
    // Last on what is shown, so that a change that tells of the row it makes tells of that one.
    const meant = aside && change(aside.meant)
    const next = change(runs)
    const fits = (some: Run[]) => idsOf(some).length <= this.#storage.most
    if (!fits(next)) return false
    if (next.length === runs.length && samePlaces(placesOf(next), placesOf(runs))) return true
    this.#past = [...this.#past.slice(1 - mostPast), { runs, ...(aside && { meant: aside.meant }) }]
    this.#put(next, aside && meant && fits(meant) ? { ...aside, meant } : aside)
    return true
  }

  /** Goes back by one edit; false where there is none. */
  undo(): boolean {
    const former = this.#past.pop()
    if (!former) return false
    const { aside } = this.#state
    this.#put(former.runs, aside && { ...aside, meant: former.meant ?? aside.meant })
    return true
  }

  #put(runs: Run[], aside: Aside | undefined) {
    this.#show({ runs, status: this.#saving ? "saving" : "unsaved", aside })
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
    this.#show({ ...this.#state, status: "saving" })
    try {
      this.#base = await this.#send(placesOf(runs))
      this.#saving = undefined
      const { runs: latest, aside } = this.#state
      const left = aside && !sameIds(idsOf(aside.meant), this.#base.ids) ? aside : undefined
      if (latest === runs) this.#show({ runs: this.#asStored(runs), status: "saved", aside: left })
      else this.#put(latest, left)
    } catch (error) {
      this.#saving = undefined
      const { runs: latest, aside } = this.#state
      this.#past.push({ runs: latest })
      this.#rollBack(aside?.meant ?? latest, error)
    }
  }

  /** The runs that were stored, in the sections that they came to stand in. */
  #asStored(runs: Run[]): Run[] {
    const { sections } = this.#base
    return sections && !samePlaces(placesOf(runs), this.#base) ? runsOf(this.#base, runs) : runs
  }

  /** Shows what is stored instead of what could not be. */
  #rollBack(meant: Run[], error: unknown) {
    clearTimeout(this.#timer)
    if (error instanceof Conflict) this.#base = error.theirs
    this.#show({
      runs: runsOf(this.#base, meant),
      status: "saved",
      aside: error instanceof Conflict ? this.#against(meant) : { kind: "failed", meant, error },
    })
  }

  /** Stores over the state that the edit began with; where only something else than the order changed, over that. */
  async #send(places: Places): Promise<StoredOrder> {
    try {
      return await this.#storage.save(places, this.#base.updatedAt)
    } catch (error) {
      if (!changed.has(reasonOf(error))) throw error
      const theirs = await this.#storage.load()
      if (samePlaces(theirs, places)) return theirs
      if (!sameIds(theirs.ids, this.#base.ids)) throw new Conflict(theirs)
      return this.#storage.save(places, theirs.updatedAt)
    }
  }

  /** Stores what was meant before it failed, or met another's order, over what is stored. */
  tryAgain(): void {
    const { runs, aside } = this.#state
    if (!aside) return
    this.#past.push({ runs })
    this.#put(aside.meant, undefined)
    void this.flush()
  }

  /** Tries without being asked to store what failed; shows nothing of it before it is stored. */
  async retry(): Promise<void> {
    const { status, aside } = this.#state
    if (this.#saving || this.#held || status !== "saved" || aside?.kind !== "failed") return
    this.#saving = this.#storeAside(aside.meant)
    await this.#saving
  }

  async #storeAside(meant: Run[]): Promise<void> {
    try {
      this.#base = await this.#send(placesOf(meant))
      this.#saving = undefined
      const { runs, status, aside } = this.#state
      if (aside?.meant === meant && status === "saved") this.#show({ runs: meant, status })
      // Edited meanwhile, or let go of.
      else this.#put(aside?.meant ?? runs, undefined)
    } catch (error) {
      this.#saving = undefined
      const { runs, status, aside } = this.#state
      const failed = aside && { kind: "failed" as const, meant: aside.meant, error }
      if (aside && error instanceof Conflict) this.#rollBack(aside.meant, error)
      else if (status === "saved") this.#show({ runs, status, aside: failed })
      else this.#put(runs, failed)
    }
  }

  /** Lets go of what was meant. */
  dismiss(): void {
    this.#show({ ...this.#state, aside: undefined })
    if (this.#seen) this.adopt(this.#seen)
  }
}
