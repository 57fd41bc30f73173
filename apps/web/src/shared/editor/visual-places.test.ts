import { EditorState } from "@codemirror/state"
import { expect, it } from "vitest"
import { visualPlaces, visualsOf } from "./visual-places.ts"

const code = 'note("c")\n  ._scope()\n  .gain(.5)._spiral()'
const begin = () => EditorState.create({ doc: code, extensions: visualPlaces })
const idsOf = (state: EditorState) => visualsOf(state).map(({ id, kind }) => ({ id, kind }))

it("visuals keep their numbers through edits around them", () => {
  const before = begin()
  const after = before.update({
    changes: [
      { from: 0, insert: "// a line more\n" },
      { from: code.indexOf("_scope()") + 7, insert: "{ height: 90 }" },
    ],
  }).state
  expect(idsOf(after)).toEqual(idsOf(before))
  expect(visualsOf(after)[0]).toMatchObject({ from: code.indexOf("_scope") + 15, options: { height: 90 } })
})

it("one that is taken out leaves the others as they are, and one that comes is another", () => {
  const before = begin()
  const [scope, spiral] = idsOf(before)
  const line = { from: code.indexOf("\n"), to: code.indexOf("\n  .gain") }
  const without = before.update({ changes: line }).state
  expect(idsOf(without)).toEqual([spiral])
  const again = without.update({ changes: { from: line.from, insert: "\n  ._scope()" } }).state
  expect(idsOf(again)[1]).toEqual(spiral)
  expect(idsOf(again)[0]?.id).not.toBe(scope?.id)
})

it("one of another kind in the same place is another", () => {
  const before = begin()
  const from = code.indexOf("_scope")
  const after = before.update({ changes: { from, to: from + 6, insert: "_punchcard" } }).state
  expect(idsOf(after)[0]?.id).not.toBe(idsOf(before)[0]?.id)
})

it("an editor without places has none", () => {
  expect(visualsOf(EditorState.create({ doc: code }))).toEqual([])
})
