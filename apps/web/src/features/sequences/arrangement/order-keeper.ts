import { idsOf, type Places, placesOf, type Run, runsOf, sameIds, samePlaces } from "#shared/song/order.ts"
import { type DraftKind, type DraftState, draftSteps, type Phase } from "#shared/versioned-draft/draft-state.ts"
import { createDraft, type DraftStore, type Failure, failureOf } from "#shared/versioned-draft/draft-store.ts"
import type { Merge } from "#shared/versioned-draft/merge.ts"
import { type Outcome, storeOver } from "#shared/versioned-draft/store-over.ts"
import { inSeries } from "#shared/versioned-draft/write-queue.ts"
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
  | { kind: "failed"; failure: Failure }
  /** It was found in this browser. */
  | { kind: "left" }
  | { kind: "conflict"; theirs: StoredOrder }
)

interface Shown {
  runs: Run[]
  aside?: Aside | undefined
}

export interface OrderState extends Shown {
  status: "saved" | "unsaved" | "saving"
}

/** An order as it is shown, and what of it could not be stored. */
interface Draft extends Shown {
  isEdited: boolean
}

const kind: DraftKind<StoredOrder, Draft> = {
  draftOf: (stored, former) => ({
    runs: runsOf(stored, former?.runs),
    aside: former?.aside && !sameIds(idsOf(former.aside.meant), stored.ids) ? former.aside : undefined,
    isEdited: false,
  }),
  isSame: ({ isEdited }) => !isEdited,
  // Its sections may be read later.
  isNewer: (one, other) =>
    one.updatedAt > other.updatedAt ||
    (one.updatedAt === other.updatedAt && one.sections !== undefined && other.sections === undefined),
}
const steps = draftSteps(kind)

/** Orders are merged as wholes: what else than the order changed does not matter. */
const mergeOrders: Merge<Places> = ({ base, mine, theirs }) => {
  if (samePlaces(theirs, mine)) return { value: theirs }
  return sameIds(theirs.ids, base.ids) ? { value: mine } : undefined
}

const statusOf = ({ draft, phase }: DraftState<StoredOrder, Draft>): OrderState["status"] => {
  if (phase.kind === "saving") return "saving"
  return draft.isEdited ? "unsaved" : "saved"
}

/** An order that was meant, against one that was stored elsewhere; undefined where that is the same. */
const against = (meant: Run[], theirs: StoredOrder): Aside | undefined =>
  sameIds(idsOf(meant), theirs.ids) ? undefined : { kind: "conflict", meant, theirs }

const rest: Phase = { kind: "rest" }
const usualRest = 600
/** Orders that can be gone back to. */
const mostPast = 100

/** A state that can be gone back to. */
type Past = Pick<Shown, "runs"> & Partial<Pick<Aside, "meant">>

/**
 * Keeps an order that is edited in step with the stored one: edits show at once and are stored together after a rest. An
 * order that cannot be stored is rolled back and kept aside, where further edits change it too; one that changed
 * elsewhere meanwhile is a conflict.
 */
export class OrderKeeper {
  readonly #storage: OrderStorage
  /** Milliseconds of rest after which an edited order is stored. */
  readonly #rest: number
  readonly #draft: DraftStore<StoredOrder, Draft>
  readonly #inTurn = inSeries()
  #state: OrderState
  #past: Past[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Whether a drag is under way: nothing that comes from elsewhere may move rows then. */
  #held = false
  /** Whether what failed is tried again unasked. */
  #retrying = false

  constructor(stored: StoredOrder, storage: OrderStorage, { rest = usualRest }: { rest?: number } = {}) {
    this.#storage = storage
    this.#rest = rest
    this.#draft = createDraft(kind, steps.begin(stored))
    const read = (): OrderState => {
      const state = this.#draft.state()
      return { runs: state.draft.runs, aside: state.draft.aside, status: statusOf(state) }
    }
    this.#state = read()
    this.#draft.subscribe(() => {
      this.#state = read()
    })
  }

  readonly subscribe = (listener: () => void) => this.#draft.subscribe(listener)

  readonly state = (): OrderState => this.#state

  /** What is to be kept for a page that comes later; undefined where all is stored. */
  unstored(): KeptOrder | undefined {
    const { runs, status, aside } = this.#state
    const meant = aside?.meant ?? (status === "saved" ? undefined : runs)
    return meant && { ids: idsOf(meant), base: this.#draft.state().base.ids }
  }

  #show(draft: Partial<Draft>) {
    this.#draft.edit({ ...this.#draft.state().draft, ...draft })
  }

  /** Takes over what is stored, unless an edit is under way or what came is older than what is known. */
  adopt(stored: StoredOrder): void {
    const { base } = this.#draft.state()
    if (this.#held || this.#retrying) this.#draft.note(stored)
    else this.#draft.meet(stored)
    const { base: taken, draft } = this.#draft.state()
    if (!samePlaces(taken, base)) this.#past = []
    if (draft.aside && !sameIds(taken.ids, base.ids)) this.#show({ aside: against(draft.aside.meant, taken) })
  }

  /** Takes note of an order that an earlier page could not store. */
  find({ ids, base }: KeptOrder): void {
    const { runs, status, aside } = this.#state
    if (status !== "saved" || aside) return
    const meant = runsOf({ ids }, runs)
    const stored = this.#draft.state().base
    const conflict = against(meant, stored)
    this.#show({ aside: conflict && sameIds(base, stored.ids) ? { kind: "left", meant } : conflict })
  }

  hold(): void {
    this.#held = true
  }

  release(): void {
    this.#held = false
    this.adopt(this.#draft.state().newest)
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
    this.#show({ runs, aside, isEdited: true })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), this.#rest)
  }

  /** Stores what is not stored yet; resolves when that is settled either way. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    return this.#inTurn(() => this.#save())
  }

  async #save(): Promise<void> {
    const { base, draft: sent } = this.#draft.state()
    if (!sent.isEdited) return
    const outcome = await this.#draft.write(
      () => this.#send(sent.runs, base),
      (drafted, stored) => steps.settle(drafted, stored, sent),
    )
    if (outcome === "saved") return
    const { draft, phase } = this.#draft.state()
    this.#past.push({ runs: draft.runs })
    this.#rollBack(draft.aside?.meant ?? draft.runs, phase)
  }

  /** Shows what is stored instead of what could not be. */
  #rollBack(meant: Run[], phase: Phase) {
    clearTimeout(this.#timer)
    const { base, newest } = this.#draft.state()
    const failure = phase.kind === "failed" && sameIds(newest.ids, base.ids) ? phase : undefined
    const aside: Aside | undefined = failure ? { kind: "failed", meant, failure } : against(meant, newest)
    const runs = runsOf(newest, meant)
    this.#draft.change({ base: newest, draft: { runs, aside, isEdited: false }, phase: rest })
  }

  /** Stores over the state that the edit began with; where only something else than the order changed, over that. */
  #send(runs: Run[], base: StoredOrder): Promise<Outcome<StoredOrder>> {
    const door = {
      save: (places: Places, on: StoredOrder) => this.#storage.save(places, on.updatedAt),
      load: () => this.#storage.load(),
      valueOf: (stored: StoredOrder): Places => stored,
      merge: mergeOrders,
    }
    return storeOver(door, { base, mine: placesOf(runs), on: base })
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
    if (this.#held || this.#retrying || status !== "saved" || aside?.kind !== "failed") return
    this.#retrying = true
    await this.#inTurn(() => this.#storeAside(aside.meant))
    this.#retrying = false
    this.adopt(this.#draft.state().newest)
  }

  async #storeAside(meant: Run[]): Promise<void> {
    try {
      const outcome = await this.#send(meant, this.#draft.state().base)
      if ("theirs" in outcome) {
        const { runs, status, aside } = this.#state
        this.#draft.note(outcome.theirs)
        if (aside || status !== "saved") this.#rollBack(aside?.meant ?? runs, { kind: "conflict" })
        return
      }
      this.#draft.change({ base: outcome.stored })
      this.#draft.note(outcome.stored)
      const { runs, status, aside } = this.#state
      if (aside?.meant === meant && status === "saved") this.#show({ runs: meant, aside: undefined })
      // Edited meanwhile, or let go of.
      else this.#put(aside?.meant ?? runs, undefined)
    } catch (error) {
      const { runs, status, aside } = this.#state
      const failed = aside && { kind: "failed" as const, meant: aside.meant, failure: failureOf(error) }
      if (status === "saved") this.#show({ aside: failed })
      else this.#put(runs, failed)
    }
  }

  /** Lets go of what was meant. */
  dismiss(): void {
    this.#show({ aside: undefined })
    this.adopt(this.#draft.state().newest)
  }
}
