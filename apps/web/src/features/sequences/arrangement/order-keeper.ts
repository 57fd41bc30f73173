import { idsOf, type Places, placesOf, type Run, runsOf, sameIds, samePlaces } from "#shared/song/order.ts"
import { type DraftKind, draftSteps, type Phase } from "#shared/versioned-draft/draft-state.ts"
import { createDraft, type Failure } from "#shared/versioned-draft/draft-store.ts"
import { type Door, storeOver } from "#shared/versioned-draft/store-over.ts"
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

/** An order that was meant, against one that was stored elsewhere; undefined where that is the same. */
const against = (meant: Run[], theirs: StoredOrder): Aside | undefined =>
  sameIds(idsOf(meant), theirs.ids) ? undefined : { kind: "conflict", meant, theirs }

const atRest: Phase = { kind: "rest" }
/** Milliseconds of rest after which an edited order is stored. */
const usualRest = 600
/** Orders that can be gone back to. */
const mostPast = 100

/**
 * Keeps an order that is edited in step with the stored one: edits show at once and are stored together after a rest. An
 * order that cannot be stored is rolled back and kept aside, where further edits change it too; one that changed
 * elsewhere meanwhile is a conflict.
 */
export function createOrderKeeper(
  first: StoredOrder,
  { save, load, most }: OrderStorage,
  { rest = usualRest }: { rest?: number } = {},
) {
  const draft = createDraft(kind, steps.begin(first))
  const inTurn = inSeries()
  /** Stores over the state that the edit began with; where only something else than the order changed, over that. */
  const door: Door<StoredOrder, Places> = {
    save: (places, on) => save(places, on.updatedAt),
    load,
    valueOf: (stored) => stored,
    merge({ base, mine, theirs }) {
      if (samePlaces(theirs, mine)) return { value: theirs }
      return sameIds(theirs.ids, base.ids) ? { value: mine } : undefined
    },
  }
  /** States that can be gone back to. */
  let past: (Pick<Shown, "runs"> & Partial<Pick<Aside, "meant">>)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whether a drag is under way: nothing that comes from elsewhere may move rows then. */
  let held = false

  function read(): OrderState {
    const { draft: shown, phase } = draft.state()
    const { runs, aside, isEdited } = shown
    return { runs, aside, status: isEdited ? (phase.kind === "saving" ? "saving" : "unsaved") : "saved" }
  }
  let state = read()
  draft.subscribe(() => {
    state = read()
  })

  const show = (change: Partial<Draft>) => draft.edit({ ...draft.state().draft, ...change })

  function storeSoon() {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), rest)
  }

  function put(runs: Run[], aside: Aside | undefined) {
    show({ runs, aside, isEdited: true })
    storeSoon()
  }

  /** Takes over what is stored, unless an edit is under way or what came is older than what is known. */
  function adopt(stored: StoredOrder): void {
    const { base, phase } = draft.state()
    if (held || phase.kind === "saving") draft.note(stored)
    else draft.meet(stored)
    const taken = draft.state().base
    if (!samePlaces(taken, base)) past = []
    if (state.aside && !sameIds(taken.ids, base.ids)) show({ aside: against(state.aside.meant, taken) })
  }
  const catchUp = () => adopt(draft.state().newest)

  /** Shows what is stored instead of what could not be, which is kept aside. */
  function rollBack(meant: Run[]) {
    clearTimeout(timer)
    const { base, newest, phase } = draft.state()
    const failure = phase.kind === "failed" && sameIds(newest.ids, base.ids) ? phase : undefined
    const aside: Aside | undefined = failure ? { kind: "failed", meant, failure } : against(meant, newest)
    draft.change({ base: newest, draft: { runs: runsOf(newest, meant), aside, isEdited: false }, phase: atRest })
  }

  /** Stores an edited order, or again one that failed, of which nothing shows before it is stored. */
  async function store({ again }: { again: boolean }): Promise<void> {
    const { base, draft: sent } = draft.state()
    const failed = sent.aside?.kind === "failed" && !sent.isEdited ? sent.aside.meant : undefined
    const meant = again ? failed : sent.isEdited ? sent.runs : undefined
    if (!meant) return
    const outcome = await draft.write(
      () => storeOver(door, { base, mine: placesOf(meant), on: base }),
      (drafted, stored) => {
        const { runs, aside } = drafted.draft
        const shown = again ? { runs: aside?.meant ?? runs } : { runs, aside }
        const edited = { ...shown, isEdited: drafted.draft !== sent }
        // One that came meanwhile is only remembered here, and taken over as any other.
        const { newest } = steps.note(drafted, stored)
        return { ...steps.settle({ ...drafted, newest: stored, draft: edited }, stored), newest }
      },
    )
    const { draft: now, phase } = draft.state()
    const { runs, aside, isEdited } = now
    if (again && phase.kind === "failed") {
      const still = aside && { kind: "failed" as const, meant: aside.meant, failure: phase }
      draft.change({ draft: { ...now, aside: still }, phase: atRest })
    } else if (outcome !== "saved" && (aside || isEdited)) {
      if (!again) past.push({ runs })
      rollBack(aside?.meant ?? runs)
    } else draft.change({ phase: atRest })
    if (state.status === "unsaved") storeSoon()
    catchUp()
  }

  /** Stores what is not stored yet; resolves when that is settled either way. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    return inTurn(() => store({ again: false }))
  }

  return {
    subscribe: draft.subscribe,
    state: () => state,
    adopt,
    flush,
    /** What is to be kept for a page that comes later; undefined where all is stored. */
    unstored(): KeptOrder | undefined {
      const { runs, status, aside } = state
      const meant = aside?.meant ?? (status === "saved" ? undefined : runs)
      return meant && { ids: idsOf(meant), base: draft.state().base.ids }
    },
    /** Takes note of an order that an earlier page could not store. */
    find({ ids, base }: KeptOrder): void {
      const { runs, status, aside } = state
      if (status !== "saved" || aside) return
      const meant = runsOf({ ids }, runs)
      const stored = draft.state().base
      const conflict = against(meant, stored)
      show({ aside: conflict && sameIds(base, stored.ids) ? { kind: "left", meant } : conflict })
    },
    hold() {
      held = true
    },
    release() {
      held = false
      catchUp()
    },
    /** Changes the order, and the one that is kept aside; false where it would be longer than it may. */
    edit(change: (runs: readonly Run[]) => Run[]): boolean {
      const { runs, aside } = state
      // Last on what is shown, so that a change that tells of the row it makes tells of that one.
      const meant = aside && change(aside.meant)
      const next = change(runs)
      const fits = (some: Run[]) => idsOf(some).length <= most
      if (!fits(next)) return false
      if (next.length === runs.length && samePlaces(placesOf(next), placesOf(runs))) return true
      past = [...past.slice(1 - mostPast), { runs, ...(aside && { meant: aside.meant }) }]
      put(next, aside && meant && fits(meant) ? { ...aside, meant } : aside)
      return true
    },
    /** Goes back by one edit; false where there is none. */
    undo(): boolean {
      const former = past.pop()
      if (!former) return false
      const { aside } = state
      put(former.runs, aside && { ...aside, meant: former.meant ?? aside.meant })
      return true
    },
    /** Stores what was meant before it failed, or met another's order, over what is stored. */
    tryAgain(): void {
      const { runs, aside } = state
      if (!aside) return
      past.push({ runs })
      put(aside.meant, undefined)
      void flush()
    },
    /** Tries without being asked to store what failed. */
    async retry(): Promise<void> {
      if (!held && draft.state().phase.kind !== "saving") await inTurn(() => store({ again: true }))
    },
    /** Lets go of what was meant. */
    dismiss(): void {
      show({ aside: undefined })
      catchUp()
    },
  }
}

export type OrderKeeper = ReturnType<typeof createOrderKeeper>
