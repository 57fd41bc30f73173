import { TRPCClientError } from "@trpc/client"
import { describe, expect, it } from "vitest"
import { mergeSets } from "./merge.ts"
import { storeOver } from "./store-over.ts"
import { inSeries } from "./write-queue.ts"

const rest = () => new Promise((resolve) => setTimeout(resolve, 1))

/** Something stored under a number that each change raises, and that a change must name. */
function createItem() {
  const item = { name: "", tags: [] as string[], version: 0 }
  async function put(part: Partial<typeof item>, expected: number) {
    await rest()
    if (expected !== item.version) {
      throw TRPCClientError.from({ error: { code: -32009, message: "", data: { reason: "SONG_CHANGED" } } })
    }
    return { ...Object.assign(item, part, { version: item.version + 1 }) }
  }
  const door = {
    save: (tags: string[], { version }: typeof item) => put({ tags }, version),
    async load() {
      const read = { ...item }
      await rest()
      return read
    },
    valueOf: ({ tags }: typeof item) => tags,
    merge: mergeSets<string>,
  }
  return { item, door, rename: (name: string) => put({ name }, item.version) }
}

const tag = ({ item, door }: ReturnType<typeof createItem>, name: string) =>
  storeOver(door, { base: item.tags, mine: [...item.tags, name] })

describe("turns", () => {
  it("refuse no tag that is put on while a name is still being stored", async () => {
    const made = createItem()
    const inTurn = inSeries()
    await Promise.all([
      inTurn(() => tag(made, "dawn")),
      inTurn(() => made.rename("Früh")),
      inTurn(() => tag(made, "dew")),
    ])
    expect(made.item).toEqual({ name: "Früh", tags: ["dawn", "dew"], version: 3 })
  })

  it("go on after one that failed, which is told to its own caller alone", async () => {
    const inTurn = inSeries()
    const failed = inTurn(() => Promise.reject(new Error("no")))
    expect(await inTurn(async () => "yes")).toBe("yes")
    await expect(failed).rejects.toThrow("no")
  })
})

describe("what is stored over something read", () => {
  it("is read anew where it was changed elsewhere meanwhile, and loses nothing of either", async () => {
    const made = createItem()
    await Promise.all([tag(made, "dawn"), made.rename("Elsewhere")])
    expect(made.item).toEqual({ name: "Elsewhere", tags: ["dawn"], version: 2 })
    const two = createItem()
    await Promise.all([tag(two, "dawn"), tag(two, "dew")])
    expect(new Set(two.item.tags)).toEqual(new Set(["dawn", "dew"]))
  })

  it("gives up where it never stands still, and at once for another reason", async () => {
    const { item, door } = createItem()
    let tries = 0
    const moving = {
      ...door,
      save(tags: string[], on: typeof item) {
        tries++
        item.version++
        return door.save(tags, on)
      },
    }
    await expect(storeOver(moving, { base: [], mine: ["dawn"] })).rejects.toThrow(TRPCClientError)
    expect(tries).toBe(4)
    const failing = { ...door, save: () => Promise.reject(new Error("no")), load: () => Promise.resolve(item) }
    await expect(storeOver(failing, { base: [], mine: ["dawn"], on: item })).rejects.toThrow("no")
  })
})
