import { expect, it, vi } from "vitest"
import { focusRequest } from "./focus-request.ts"

const reading = ["kick"]

it("brings the focus to a row once, at once or as soon as it is drawn", () => {
  const row = { focus: vi.fn() }
  const request = focusRequest("kick")
  request.look({ row: undefined, isFree: true, reading })
  request.look({ row, isFree: true, reading })
  request.look({ row, isFree: true, reading })
  expect(row.focus).toHaveBeenCalledOnce()
})

it.each([
  ["typed somewhere else", { isFree: false, reading }],
  ["been given other rows", { isFree: true, reading: ["snare"] }],
])("lets go of a row that was renamed out of the list once its reader has %s", (_, place) => {
  const row = { focus: vi.fn() }
  const request = focusRequest("kick")
  request.look({ row: undefined, isFree: true, reading })
  request.look({ row: undefined, ...place })
  request.look({ row, ...place })
  request.look({ row, isFree: true, reading })
  expect(row.focus).not.toHaveBeenCalled()
})

it("takes the focus from nothing that has it by the time a name is saved", () => {
  const row = { focus: vi.fn() }
  const request = focusRequest("kick")
  request.look({ row, isFree: false, reading })
  request.look({ row, isFree: true, reading })
  expect(row.focus).not.toHaveBeenCalled()
})
