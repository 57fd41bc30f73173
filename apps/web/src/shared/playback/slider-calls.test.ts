import { javascript } from "@codemirror/lang-javascript"
import { EditorState } from "@codemirror/state"
import { expect, it } from "vitest"
import { sliderCalls } from "./slider-calls.ts"

const callsIn = (doc: string) => sliderCalls(EditorState.create({ doc, extensions: javascript() }))

it("finds the sliders whose value is a number, with their ends and steps", () => {
  const code = 's("bd").lpf(slider(800, 100, 2_000, 10)).pan(slider(-.5, -1)).gain(slider(1))'
  expect(callsIn(code)).toEqual([
    { from: 19, to: 22, value: 800, min: 100, max: 2000, step: 10 },
    { from: 52, to: 55, value: -0.5, min: -1, max: 1, step: 0.002 },
    { from: 74, to: 75, value: 1, min: 0, max: 1, step: 0.001 },
  ])
})

it("leaves alone what only looks like one", () => {
  for (const code of ["slider(x, 0, 1)", "slider()", "my.slider(1)", '"slider(1)"', "// slider(1)", "slider(1"])
    expect(callsIn(code).filter(({ to }) => to < code.length)).toEqual([])
})
