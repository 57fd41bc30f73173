import { TRPCClientError } from "@trpc/client"
import { describe, expect, it } from "vitest"
import { idsOf, insertAfter, move, type Run } from "./order.ts"
import { type OrderDoor, OrderKeeper, type StoredOrder } from "./order-keeper.ts"

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
  const door: OrderDoor = {
    most: 6,
    async save(next, expected) {
      store.writes++
      await Promise.resolve()
      if (store.away) throw new TypeError("fetch failed")
      if (expected !== stored.updatedAt) throw refusal("SONG_CHANGED")
      return store.put(next)
    },
    load: async () => stored,
  }
  return { store, keeper: new OrderKeeper(stored, door, 1) }
}

const add = (id: string) => (runs: readonly Run[]) => insertAfter(runs, undefined, id).runs
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
    const state = keeper.state()
    expect(state.status).toBe("failed")
    expect(shown(keeper)).toEqual(["kick"])
    expect(state.status === "failed" && idsOf(state.meant)).toEqual(["kick", "bass"])
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
    const state = keeper.state()
    expect(state.status === "conflict" && [state.theirs.ids, idsOf(state.meant)]).toEqual([
      ["kick", "theirs"],
      ["kick", "mine"],
    ])
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
