import { databaseOfFile } from "@strudel-agent/database/testing/database-of-file"
import { beforeAll, describe, expect, it } from "vitest"
import { createClip } from "../clip.ts"
import { songs } from "../song.ts"
import { withTextAhead } from "./text-ahead.ts"

const test = databaseOfFile()
const projectId = "house"
beforeAll(async () => {
  for (const id of ["kick", "bass"])
    await createClip(test.db, { projectId, id, name: id, code: "silence", metadata: {} })
})

const listed = (...ids: string[]) => ids.map((id) => `- [${id}](clip:${id})`).join("\n")
const before = {
  projectId,
  type: "song" as const,
  body: listed("kick", "bass"),
  former: ["kick", "bass"],
  next: ["bass", "kick"],
  nameOf: (id: string) => id,
}
const edited = { ...before, body: `Words.\n\n${before.body}` }
const wanted = `Words.\n\n${listed("bass", "kick")}`

describe("a text that follows an order", () => {
  it("is read again where it was changed before it was locked", async () => {
    let calls = 0
    const { db } = test
    const text = await withTextAhead(db, {
      foresee: async () => (calls === 0 ? before : edited),
      change: (inOrder) => {
        calls++
        return inOrder(db, edited)
      },
    })
    expect({ calls, text }).toEqual({ calls: 2, text: wanted })
  })

  it("is read while it is locked where it changes again and again, or was not there before", async () => {
    const { db } = test
    for (const seen of [before, undefined]) {
      let calls = 0
      const text = await withTextAhead(db, {
        foresee: async () => seen,
        change: (inOrder) => {
          calls++
          return inOrder(db, edited)
        },
      })
      expect({ calls, text }).toEqual({ calls: 3, text: wanted })
    }
  })

  it("lets a change that fails fail once", async () => {
    let calls = 0
    const failing = withTextAhead(test.db, {
      foresee: async () => before,
      change: async () => {
        calls++
        throw new Error("no")
      },
    })
    await expect(failing).rejects.toThrow("no")
    expect(calls).toBe(1)
  })

  it("loses neither words nor links where both are changed at the same moment", async () => {
    const key = { projectId, id: "both" }
    await songs.create(test.db, { ...key, name: "Both", body: before.body, partIds: before.former })
    const orders = Array.from({ length: 6 }, (_, turn) => (turn % 2 ? ["kick", "bass"] : ["bass", "kick"]))
    await Promise.all([
      ...orders.map((partIds) => songs.update(test.db, { ...key, partIds })),
      ...orders.map((_, turn) => songs.update(test.db, { ...key, name: `Both ${turn}` })),
    ])
    const song = await songs.queries.find(test.db, key)
    expect(song?.body).toBe(listed(...(song?.partIds ?? [])))
  })
})
