import { expect, it } from "vitest"
import { visualCalls, visualSize } from "./visual-calls.ts"

const written = (code: string) =>
  visualCalls(code).map(({ kind, from, to, options }) => ({ kind, text: code.slice(from, to), options }))

it("finds the calls that draw in place, with what is written for them as plain values", () => {
  const code = [
    'note("c e")._pianoroll()',
    '  ._scope({ height: 90, pos: -.5, color: "red", align: true, "thickness": 2 })',
    "$: s('bd')._punchcard ( { cycles: 8 } ).fast(2)",
  ].join("\n")
  expect(written(code)).toEqual([
    { kind: "pianoroll", text: "_pianoroll()", options: {} },
    {
      kind: "scope",
      text: '_scope({ height: 90, pos: -.5, color: "red", align: true, "thickness": 2 })',
      options: { height: 90, pos: -0.5, color: "red", align: true, thickness: 2 },
    },
    { kind: "punchcard", text: "_punchcard ( { cycles: 8 } )", options: { cycles: 8 } },
  ])
})

it("leaves out options that only running the code tells", () => {
  const code = "x._spiral({ size: 2 * 50, steady: .96, deep: { size: 9 }, list: [1, 2], stretch: f(1, 2), cap: `a` })"
  expect(written(code)[0]?.options).toEqual({ steady: 0.96 })
})

it("finds a call within a call, and one that spans lines", () => {
  const code = "stack(a._scope(), b._spiral({\n  size: 60,\n}))._pitchwheel()"
  expect(written(code).map(({ text }) => text)).toEqual(["_scope()", "_spiral({\n  size: 60,\n})", "_pitchwheel()"])
  expect(written("all(x => x._scope(f(y._spectrum())))").map(({ kind }) => kind)).toEqual(["scope", "spectrum"])
})

it("leaves alone what only looks like one", () => {
  for (const code of ["// x._scope()", "/* x._scope() */", '"x._scope()"', "`x._scope()`", "x._scope", "x._scoped()"])
    expect(written(code), code).toEqual([])
  expect(written("_scope()")).toEqual([])
  expect(written("x.pianoroll()")).toEqual([])
})

it("keeps the place of a call whose bracket is being written", () => {
  expect(written("x._scope(\ny._spiral({ size: 1")).toEqual([
    { kind: "scope", text: "_scope", options: {} },
    { kind: "spiral", text: "_spiral", options: {} },
  ])
})

it("sizes a visual as it is written, within what a page bears", () => {
  const sizeOf = (code: string) => visualCalls(code).map(visualSize)[0]
  expect(sizeOf("x._pianoroll()")).toEqual({ width: 500, height: 60, place: 72 })
  expect(sizeOf("x._pitchwheel({ size: 90 })")).toMatchObject({ width: 90, height: 90 })
  expect(sizeOf("x._pianoroll({ size: 90 })")).toMatchObject({ width: 500, height: 60 })
  expect(sizeOf("x._scope({ width: 1e9, height: -5 })")).toMatchObject({ width: 1000, height: 60 })
})
