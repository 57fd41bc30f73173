import { TRPCClientError } from "@trpc/client"
import { describe, expect, it } from "vitest"
import { idsOf, insertAfter, move, type Run } from "#shared/song/order.ts"
import { keptOrders } from "./kept-order.ts"
import { createOrderKeeper, type OrderKeeper, type OrderStorage, type StoredOrder } from "./order-keeper.ts"

const refusal = (reason: string) =>
  TRPCClientError.from({
    error: { message: reason, code: -32009, data: { reason, code: "CONFLICT", httpStatus: 409 } },
  })

/** A store that holds one order, refuses what was made on another state, and can be away. */
function createStore(ids: string[]) {
  let stored: StoredOrder = { ids, updatedAt: new Date(1000).toISOString() }
  let moment = 1000
  const store = {
    away: false,
    writes: 0,
    stored: () => stored,
    put(next: string[]) {
      moment += 1000
      stored = { ids: next, updatedAt: new Date(moment).toISOString() }
      return stored
    },
  }
  const storage: OrderStorage = {
    most: 6,
    async save({ ids: next }, expected) {
      store.writes++
      await Promise.resolve()
      if (store.away) throw new TypeError("fetch failed")
      if (expected !== stored.updatedAt) throw refusal("SONG_CHANGED")
      return store.put(next)
    },
    load: async () => stored,
  }
  return { store, keeper: createOrderKeeper(stored, storage, { rest: 1 }) }
}

const add = (id: string) => (runs: readonly Run[]) => insertAfter(runs, undefined, id).runs
const meant = (keeper: OrderKeeper) => idsOf(keeper.state().aside?.meant ?? [])
const shown = (keeper: OrderKeeper) => idsOf(keeper.state().runs)

describe("an order that is edited", () => {
  it("stores several edits as one, and shows them at once", async () => {
    const { store, keeper } = createStore(["kick", "bass"])
    keeper.edit(add("pad"))
    keeper.edit((runs) => move(runs, runs[0]?.key ?? "", 2))
    expect(shown(keeper)).toEqual(["bass", "pad", "kick"])
    expect(keeper.state().status).toBe("unsaved")
    await keeper.flush()
    expect(store.stored().ids).toEqual(["bass", "pad", "kick"])
    expect(store.writes).toBe(1)
    expect(keeper.state().status).toBe("saved")
  })

  it("stores what was edited while it was storing", async () => {
    const { store, keeper } = createStore([])
    keeper.edit(add("a"))
    const first = keeper.flush()
    await Promise.resolve()
    keeper.edit(add("b"))
    await first
    await keeper.flush()
    expect(store.stored().ids).toEqual(["a", "b"])
  })

  it("rolls back what could not be stored, and keeps it for another try", async () => {
    const { store, keeper } = createStore(["kick"])
    store.away = true
    keeper.edit(add("bass"))
    await keeper.flush()
    expect(keeper.state().aside?.kind).toBe("failed")
    expect(shown(keeper)).toEqual(["kick"])
    expect(meant(keeper)).toEqual(["kick", "bass"])
    store.away = false
    keeper.tryAgain()
    await keeper.flush()
    expect(store.stored().ids).toEqual(["kick", "bass"])
    expect(keeper.state().status).toBe("saved")
  })

  it("tells of another's order instead of overwriting it", async () => {
    const { store, keeper } = createStore(["kick"])
    store.put(["kick", "theirs"])
    keeper.edit(add("mine"))
    await keeper.flush()
    const { aside } = keeper.state()
    expect(aside?.kind === "conflict" && aside.theirs.ids).toEqual(["kick", "theirs"])
    expect(meant(keeper)).toEqual(["kick", "mine"])
    expect(store.stored().ids).toEqual(["kick", "theirs"])
    keeper.tryAgain()
    await keeper.flush()
    expect(store.stored().ids).toEqual(["kick", "mine"])
  })

  it("stores over a change of something else", async () => {
    const { store, keeper } = createStore(["kick"])
    store.put(["kick"])
    keeper.edit(add("bass"))
    await keeper.flush()
    expect(keeper.state().status).toBe("saved")
    expect(store.stored().ids).toEqual(["kick", "bass"])
  })

  it("takes over what comes from elsewhere, but not during an edit or a drag, and nothing older", async () => {
    const { store, keeper } = createStore(["kick"])
    const old = store.stored()
    keeper.adopt(store.put(["kick", "pad"]))
    expect(shown(keeper)).toEqual(["kick", "pad"])
    keeper.adopt(old)
    expect(shown(keeper)).toEqual(["kick", "pad"])
    keeper.hold()
    keeper.adopt(store.put(["pad"]))
    expect(shown(keeper)).toEqual(["kick", "pad"])
    keeper.release()
    expect(shown(keeper)).toEqual(["pad"])
    keeper.edit(add("kick"))
    keeper.adopt({ ids: [], updatedAt: new Date(9_000_000).toISOString() })
    expect(shown(keeper)).toEqual(["pad", "kick"])
  })

  /** An order that is being stored, while one that somebody else made of it is told of. */
  function createOvertaken() {
    const made = createStore(["kick"])
    made.keeper.edit(add("mine"))
    const settled = made.keeper.flush()
    const overtake = async () => {
      await Promise.resolve()
      expect(made.store.stored().ids).toEqual(["kick", "mine"])
      made.keeper.adopt(made.store.put(["kick", "mine", "theirs"]))
      expect(made.keeper.state().status).toBe("saving")
      await settled
    }
    return { ...made, overtake }
  }

  it("goes back to nothing older than another's order that came while it was being stored", async () => {
    const { store, keeper, overtake } = createOvertaken()
    await overtake()
    expect(shown(keeper)).toEqual(["kick", "mine", "theirs"])
    expect(keeper.undo()).toBe(false)
    await keeper.flush()
    expect(store.stored().ids).toEqual(["kick", "mine", "theirs"])
  })

  it("moves no row of a drag for another's order that came while it was being stored, nor overwrites that", async () => {
    const { store, keeper, overtake } = createOvertaken()
    keeper.hold()
    await overtake()
    expect(shown(keeper)).toEqual(["kick", "mine"])
    expect(keeper.undo()).toBe(true)
    await keeper.flush()
    expect(keeper.state().aside?.kind).toBe("conflict")
    expect(store.stored().ids).toEqual(["kick", "mine", "theirs"])
  })

  it("goes back edit by edit, and takes no more than fit", async () => {
    const { keeper } = createStore(["a", "b", "c", "d", "e"])
    expect(keeper.edit(add("f"))).toBe(true)
    expect(keeper.edit(add("g"))).toBe(false)
    expect(keeper.undo()).toBe(true)
    expect(shown(keeper)).toHaveLength(5)
    expect(keeper.undo()).toBe(false)
    await keeper.flush()
    expect(keeper.state().status).toBe("saved")
  })
})

describe("an order that is kept aside", () => {
  /** An order of which "bass" could not be added, since the server is away. */
  async function createAway() {
    const made = createStore(["kick"])
    made.store.away = true
    made.keeper.edit(add("bass"))
    await made.keeper.flush()
    return made
  }

  it("takes further edits along, whether they are stored or not", async () => {
    const { store, keeper } = await createAway()
    keeper.edit(add("pad"))
    expect(shown(keeper)).toEqual(["kick", "pad"])
    await keeper.flush()
    expect([shown(keeper), meant(keeper)]).toEqual([["kick"], ["kick", "bass", "pad"]])
    store.away = false
    keeper.edit(add("hats"))
    await keeper.flush()
    expect(store.stored().ids).toEqual(["kick", "hats"])
    expect(meant(keeper)).toEqual(["kick", "bass", "pad", "hats"])
    await keeper.retry()
    expect(store.stored().ids).toEqual(["kick", "bass", "pad", "hats"])
    expect([shown(keeper), keeper.state().aside]).toEqual([["kick", "bass", "pad", "hats"], undefined])
  })

  it("is tried again without a sign until it is stored, with what was edited meanwhile", async () => {
    const { store, keeper } = await createAway()
    await keeper.retry()
    expect([shown(keeper), meant(keeper)]).toEqual([["kick"], ["kick", "bass"]])
    store.away = false
    const trying = keeper.retry()
    keeper.edit(add("pad"))
    await trying
    await keeper.flush()
    expect(store.stored().ids).toEqual(["kick", "bass", "pad"])
    expect(keeper.state()).toMatchObject({ status: "saved", aside: undefined })
  })

  it("is never stored unasked over what another stored meanwhile", async () => {
    const { store, keeper } = await createAway()
    store.away = false
    store.put(["kick", "theirs"])
    await keeper.retry()
    expect([keeper.state().aside?.kind, meant(keeper)]).toEqual(["conflict", ["kick", "bass"]])
    const other = await createAway()
    other.keeper.adopt(other.store.put(["theirs"]))
    expect([other.keeper.state().aside?.kind, shown(other.keeper)]).toEqual(["conflict", ["theirs"]])
    await other.keeper.retry()
    expect(other.store.stored().ids).toEqual(["theirs"])
    expect(store.stored().ids).toEqual(["kick", "theirs"])
  })

  it("outlives its page, until it is stored or let go of", async () => {
    const { store, keeper } = await createAway()
    const kept = keeper.unstored()
    expect(kept).toEqual({ ids: ["kick", "bass"], base: ["kick"] })
    const later = createStore(["kick"])
    later.keeper.find(kept ?? { ids: [], base: [] })
    expect([later.keeper.state().aside?.kind, meant(later.keeper)]).toEqual(["left", ["kick", "bass"]])
    later.keeper.dismiss()
    expect([later.keeper.unstored(), later.keeper.state().aside]).toEqual([undefined, undefined])
    const changed = createStore(["kick", "theirs"])
    changed.keeper.find({ ids: ["kick", "bass"], base: ["kick"] })
    expect(changed.keeper.state().aside?.kind).toBe("conflict")
    store.away = false
    keeper.tryAgain()
    await keeper.flush()
    expect([keeper.unstored(), store.stored().ids]).toEqual([undefined, ["kick", "bass"]])
    const same = createStore(["kick", "bass"])
    same.keeper.find({ ids: ["kick", "bass"], base: ["kick"] })
    expect(same.keeper.state().aside).toBeUndefined()
  })
})

it("an order that lies in the browser is found, also where it lay under another name", () => {
  const kept = new Map<string, string>()
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const place = keptOrders("song:acid/night", () => shelf)
  expect(place.read()).toBeUndefined()
  kept.set("strudel-agent/order/song:acid/night", JSON.stringify({ ids: ["kick"], base: [] }))
  expect(place.read()).toMatchObject({ ids: ["kick"], base: [] })
  place.keep({ ids: ["bass"], base: ["kick"] }, "page")
  expect(place.read()).toMatchObject({ ids: ["bass"], base: ["kick"], by: "page" })
  place.drop()
  expect([place.read(), kept.size]).toEqual([undefined, 0])
  kept.set(place.key, JSON.stringify({ ids: "kick", base: [] }))
  expect(place.read()).toBeUndefined()
})
