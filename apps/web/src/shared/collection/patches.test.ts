import { expect, it } from "vitest"
import { createPatches } from "./patches.ts"

interface Row {
  id: string
  name: string
}

const rows: Row[] = ["a", "b"].map((id) => ({ id, name: id }))
const keyOf = ({ id }: Row) => id
const named =
  (name: string) =>
  (row: Row): Row => ({ ...row, name: row.name + name })
const namesIn = (patches: ReturnType<typeof createPatches<Row>>, read = rows) =>
  patches
    .current()(read)
    .map(({ name }) => name)

it("lies over whatever is read until the answer has been brought to the rows", async () => {
  const patches = createPatches(keyOf)
  const seen: string[][] = []
  const settling: boolean[] = []
  const { done } = await patches.change(rows.slice(0, 1), {
    patch: named("!"),
    async call() {
      seen.push(namesIn(patches), namesIn(patches, [{ id: "a", name: "read" }]))
      settling.push(patches.isSettling("a"))
    },
    async settle() {
      seen.push(namesIn(patches))
      settling.push(patches.isSettling("a"), patches.isSettling("b"))
    },
  })
  expect(seen).toEqual([["a!", "b"], ["read!"], ["a!", "b"]])
  expect(settling).toEqual([false, true, false])
  expect([done, namesIn(patches), patches.isSettling("a")]).toEqual([rows.slice(0, 1), ["a", "b"], false])
})

it("is taken back alone where it is refused", async () => {
  const patches = createPatches(keyOf)
  const settle = async () => undefined
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const first = patches.change(rows, { patch: named("1"), call: () => answered, settle })
  const refusal = new Error("no")
  const refused = patches.change(rows, { patch: named("2"), call: () => Promise.reject(refusal), settle })
  expect(namesIn(patches)).toEqual(["a12", "b12"])
  expect(await refused).toEqual({ answers: [], done: [], rest: rows, error: refusal })
  expect(namesIn(patches)).toEqual(["a1", "b1"])
  answer()
  await first
  expect(patches.current()(rows)).toBe(rows)
})
