import { describe, expect, it } from "vitest"
import { messageOfHash, mostMessages, openingAddress, openingInputs, openingOf } from "./message-page.ts"
import type { TranscriptMessage } from "./transcript-message.ts"
import { landingOf, openWindow, withArrived, withNewer, withOlder } from "./transcript-window.ts"

const message = (messageIndex: number): TranscriptMessage => ({
  sessionId: "00000000-0000-4000-8000-000000000000",
  messageIndex,
  role: "user",
  content: String(messageIndex),
  timestamp: "2026-01-01T00:00:00.000Z",
  clientId: null,
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => message(from + i))
const page = (from: number, to: number, hasMore: boolean) => ({ messages: range(from, to), hasMore })
const ends = (window: { messages: TranscriptMessage[] } | undefined) => [
  window?.messages[0]?.messageIndex,
  window?.messages.at(-1)?.messageIndex,
]

describe("a window", () => {
  it("opens at the end, or around a message", () => {
    expect(openWindow([page(60, 100, true)])).toMatchObject({ older: true, newer: false })
    const around = openWindow([page(31, 51, true), page(51, 71, true)])
    expect([ends(around), around?.older, around?.newer]).toEqual([[31, 70], true, true])
    expect(openWindow([page(31, 51, true), undefined])).toBeUndefined()
    expect(openWindow([undefined])).toBeUndefined()
  })

  it("never holds more than so many messages, and knows at which end it let some go", () => {
    let window = openWindow([page(9960, 10_000, true)])
    for (let first = 9960; window && first > 9000; first -= 40)
      window = withOlder(window, page(first - 40, first, true))
    expect(window?.messages).toHaveLength(mostMessages)
    expect([window?.older, window?.newer, ends(window)]).toEqual([true, true, [9000, 9279]])
    for (let last = 9280; window && last < 10_000; last += 40)
      window = withNewer(window, page(last, last + 40, last < 9960))
    expect(window?.messages).toHaveLength(mostMessages)
    expect([window?.older, window?.newer, ends(window)]).toEqual([true, false, [9720, 9999]])
    const indexes = window?.messages.map(({ messageIndex }) => messageIndex) ?? []
    expect(indexes).toEqual(range(9720, 10_000).map(({ messageIndex }) => messageIndex))
  })

  it("takes in what is said once, and only where everything up to it is loaded", () => {
    const window = { messages: range(0, 10), older: false, newer: false, later: new Set<number>() }
    const said = withArrived(window, range(8, 12))
    expect(ends(said)).toEqual([0, 11])
    expect(withArrived(said, range(10, 12))).toBe(said)
    const middle = { ...window, newer: true }
    expect(withArrived(middle, range(20, 22))).toBe(middle)
    expect(
      ends(withArrived({ messages: [], older: false, newer: false, later: new Set<number>() }, range(0, 1))),
    ).toEqual([0, 0])
  })

  it("lands at a message, else at the next one, else at the last", () => {
    const window = {
      messages: [message(3), message(7), message(9)],
      older: false,
      newer: false,
      later: new Set<number>(),
    }
    expect([0, 3, 4, 9, 50].map((at) => landingOf(window, at))).toEqual([3, 3, 7, 9, 9])
    expect(landingOf({ messages: [], older: false, newer: false, later: new Set<number>() }, 3)).toBeUndefined()
  })
})

describe("an address", () => {
  it("says where and how a transcript opens", () => {
    for (const at of [undefined, 0, 123]) {
      for (const changedCode of [true, false]) {
        const address = openingAddress({ at, changedCode })
        expect(openingOf(new URL(address, "http://x/").searchParams)).toEqual({ at, changedCode })
        expect(messageOfHash(new URL(address, "http://x/").hash)).toBe(at)
      }
    }
  })

  it("may name the message at its end alone", () => {
    expect(["#m123", "#m-123", "#m-0"].map(messageOfHash)).toEqual([123, 123, 0])
    expect(["", "#", "#m", "#m-", "#main", "#m1x", `#m${"9".repeat(12)}`].map(messageOfHash)).toEqual(
      Array.from({ length: 7 }),
    )
  })

  it("asks for pages whose first message is the one to open at", () => {
    expect(openingInputs("s", { at: 0, changedCode: false })).toMatchObject([{ before: 1 }, { after: 0 }])
    expect(openingInputs("s", { at: 40, changedCode: true })).toMatchObject([
      { before: 41, changedCode: true },
      { after: 40, changedCode: true },
    ])
    expect(openingInputs("s", { at: undefined, changedCode: false })).toHaveLength(1)
  })
})
