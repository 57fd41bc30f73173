import { createDatabase, type Db } from "@strudel-agent/database/client"
import { afterAll, describe, expect, it } from "vitest"
import { testPool } from "../testing/test-caller.ts"
import { shareReads } from "./shared-reads.ts"

/** No connection is opened: what is read is told by the tests. */
const databases = ["one", "other"].map((name) =>
  createDatabase({ url: `postgresql://nobody@127.0.0.1:1/${name}`, pool: { ...testPool, size: 0 } }),
)
const [db, otherDb] = databases.map((database) => database.db)
if (!db || !otherDb) throw new Error("there are two databases")
afterAll(async () => {
  for (const database of databases) await database.close(0)
})

/** A read whose answers the test gives, in the order in which they were begun. */
function readByHand() {
  const begun: { asked: object; answer(page: string): void; fail(error: Error): void }[] = []
  const read = shareReads(
    (_db: Db, asked: object) =>
      new Promise<string>((resolve, reject) => {
        begun.push({ asked, answer: resolve, fail: reject })
      }),
  )
  return { begun, read }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe("reads that are shared", () => {
  it("answers those who ask the same meanwhile by one read, which begins after they asked", async () => {
    const { begun, read } = readByHand()
    const first = read(db, { page: 1 })
    const later = [read(db, { page: 1 }), read(db, { page: 1 }), read(db, { page: 1 })]
    expect(begun).toHaveLength(1)
    begun[0]?.answer("before")
    expect(await first).toBe("before")
    await settled()
    expect(begun).toHaveLength(2)
    begun[1]?.answer("after")
    expect(await Promise.all(later)).toEqual(["after", "after", "after"])
  })

  it("begins a read of its own for whoever asks while a shared one is on its way", async () => {
    const { begun, read } = readByHand()
    const reads = [read(db, {}), read(db, {})]
    begun[0]?.answer("1")
    await reads[0]
    await settled()
    const last = read(db, {})
    begun[1]?.answer("2")
    expect(await reads[1]).toBe("2")
    await settled()
    begun[2]?.answer("3")
    expect(await last).toBe("3")
  })

  it("shares nothing between those who ask otherwise, or another database", () => {
    const { begun, read } = readByHand()
    for (const asked of [{ page: 1 }, { page: 2 }, { page: "1" }]) void read(db, asked)
    void read(otherDb, { page: 1 })
    expect(begun.map(({ asked }) => asked)).toEqual([{ page: 1 }, { page: 2 }, { page: "1" }, { page: 1 }])
  })

  it("tells a failure to those whose read it was, and reads again for the others", async () => {
    const { begun, read } = readByHand()
    const first = read(db, {})
    const second = read(db, {})
    begun[0]?.fail(new Error("the connection broke"))
    await expect(first).rejects.toThrow("the connection broke")
    await settled()
    begun[1]?.answer("well")
    expect(await second).toBe("well")
    await settled()
    const third = read(db, {})
    begun[2]?.answer("still well")
    expect(await third).toBe("still well")
  })
})
