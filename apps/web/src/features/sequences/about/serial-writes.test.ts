import { TRPCClientError } from "@trpc/client"
import { describe, expect, it } from "vitest"
import { inSeries, storeWithRetry } from "./serial-writes.ts"

const rest = () => new Promise((resolve) => setTimeout(resolve, 1))

/** Something stored under a number that each change raises, and that a change must name. */
function createItem() {
  const item = { name: "", tags: "", version: 0 }
  async function put(part: Partial<typeof item>, expected: number) {
    await rest()
    if (expected !== item.version) {
      throw TRPCClientError.from({ error: { code: -32009, message: "", data: { reason: "SONG_CHANGED" } } })
    }
    Object.assign(item, part, { version: item.version + 1 })
  }
  return {
    item,
    rename: (name: string) => put({ name }, item.version),
    async tag(tags: string) {
      const { version } = item
      await rest()
      await put({ tags }, version)
    },
  }
}

describe("turns", () => {
  it("refuse no tag that is put on while a name is still being stored", async () => {
    const { item, rename, tag } = createItem()
    const inTurn = inSeries()
    await Promise.all([inTurn(() => tag("dawn")), inTurn(() => rename("Früh")), inTurn(() => tag("dew"))])
    expect(item).toEqual({ name: "Früh", tags: "dew", version: 3 })
  })

  it("go on after one that failed, which is told to its own caller alone", async () => {
    const inTurn = inSeries()
    const failed = inTurn(() => Promise.reject(new Error("no")))
    expect(await inTurn(async () => "yes")).toBe("yes")
    await expect(failed).rejects.toThrow("no")
  })
})

describe("what is stored over something read", () => {
  it("is read anew where it was changed elsewhere meanwhile", async () => {
    const { item, rename, tag } = createItem()
    await Promise.all([storeWithRetry(() => tag("dawn")), rename("Elsewhere")])
    expect(item).toEqual({ name: "Elsewhere", tags: "dawn", version: 2 })
  })

  it("gives up where it never stands still, and at once for another reason", async () => {
    const { item, tag } = createItem()
    let tries = 0
    const never = storeWithRetry(() => {
      tries++
      const stored = tag("dawn")
      item.version++
      return stored
    })
    await expect(never).rejects.toThrow(TRPCClientError)
    expect(tries).toBe(4)
    let others = 0
    const other = storeWithRetry(async () => {
      others++
      throw new Error("no")
    })
    await expect(other).rejects.toThrow("no")
    expect(others).toBe(1)
  })
})
