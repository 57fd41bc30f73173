import type { LiveEvent, LiveWatch } from "@strudel-agent/contract/live"
import { formatPosition, parsePosition } from "@strudel-agent/contract/live-position"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

import { createLiveStore, type LibraryEvent, type LiveMessage, type StreamListener } from "./live-store.ts"
import { makeRun } from "./run-test-bench.ts"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

interface Stream {
  watch: LiveWatch
  listener: StreamListener
  last: Map<string, number>
  moment: number
}

/** The other end of the streams: sessions that grow and a library that changes, told as a server tells them. */
function createSource() {
  const counts = new Map<string, number>()
  const changes: { moment: number; id: string }[] = []
  let moment = 1000
  let refusing = false
  const streams = new Set<Stream>()
  let opened = 0

  const tell = (stream: Stream, event: LiveEvent) => {
    const library = stream.watch.library ? { moment: stream.moment, server: "s" } : undefined
    stream.listener.heard(formatPosition({ library, sessions: stream.last }), event)
  }
  const message = (sessionId: string, messageIndex: number): LiveMessage => ({
    ...{ sessionId, messageIndex, role: "user", content: "", timestamp: "", clientId: null },
  })
  const flush = (stream: Stream) => {
    for (const [sessionId, last] of [...stream.last]) {
      const count = counts.get(sessionId) ?? 0
      if (count - 1 <= last) continue
      stream.last.set(sessionId, count - 1)
      const messages = Array.from({ length: count - 1 - last }, (_, i) => message(sessionId, last + 1 + i))
      tell(stream, { type: "messages", sessionId, messages })
    }
    const news = changes.filter((change) => change.moment > stream.moment)
    if (!stream.watch.library || news.length === 0) return
    stream.moment = moment
    const told = news.map(({ id }) => ({ kind: "clip", projectId: "p", id, removed: false }) as const)
    tell(stream, { type: "changes", changes: told })
  }

  return {
    streams,
    opened: () => opened,
    open(watch: LiveWatch, listener: StreamListener) {
      opened++
      const position = watch.lastEventId ? parsePosition(watch.lastEventId) : undefined
      const stream: Stream = {
        watch,
        listener,
        last: new Map(watch.sessions.map(({ sessionId, after }) => [sessionId, after])),
        moment: position?.library?.moment ?? moment,
      }
      const timer = setTimeout(() => {
        if (refusing) return listener.lost()
        streams.add(stream)
        listener.started()
        if (watch.library && !position) tell(stream, { type: "changes", changes: [] })
        flush(stream)
      }, 5)
      return () => {
        clearTimeout(timer)
        streams.delete(stream)
      }
    },
    append(sessionId: string, count = 1) {
      counts.set(sessionId, (counts.get(sessionId) ?? 0) + count)
      for (const stream of [...streams]) flush(stream)
    },
    change(id: string) {
      changes.push({ id, moment: ++moment })
      for (const stream of [...streams]) flush(stream)
    },
    run(sessionId: string, revision: number) {
      const event: LiveEvent = { type: "run", sessionId, run: makeRun({ sessionId, revision }), from: 0, events: [] }
      for (const stream of [...streams]) if (stream.watch.runs && stream.last.has(sessionId)) tell(stream, event)
    },
    gone(sessionId: string) {
      for (const stream of [...streams]) tell(stream, { type: "gone", sessionId })
    },
    cut(forLong = false) {
      refusing = forLong
      for (const { listener } of [...streams]) listener.lost()
    },
    answerAgain() {
      refusing = false
    },
  }
}

function createPage() {
  const opened = Date.now()
  let hidden = false
  let online = true
  const listeners = new Set<() => void>()
  const set = (change: () => void) => {
    change()
    for (const listener of listeners) listener()
  }
  return {
    isHidden: () => hidden,
    isOnline: () => online,
    age: () => Date.now() - opened,
    listen(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    hide: (value: boolean) =>
      set(() => {
        hidden = value
      }),
    goOnline: (value: boolean) =>
      set(() => {
        online = value
      }),
    listening: () => listeners.size,
  }
}

function setUp() {
  const source = createSource()
  const page = createPage()
  const store = createLiveStore(source.open, page)
  const follow = (sessionId: string, after = -1) => {
    const indexes: number[] = []
    const revisions: number[] = []
    let gone = 0
    const leave = store.watchSession(sessionId, after, {
      onRun: ({ run }) => revisions.push(run.revision),
      onMessages: (messages) => indexes.push(...messages.map(({ messageIndex }) => messageIndex)),
      onGone: () => gone++,
    })
    return { indexes, revisions, leave, gone: () => gone }
  }
  const followLibrary = () => {
    const ids: string[] = []
    const hear = (event: LibraryEvent) => {
      if (event.type === "changes") ids.push(...event.changes.map(({ id }) => id))
    }
    return { ids, leave: store.watchLibrary(hear) }
  }
  return { source, page, store, follow, followLibrary }
}

const wait = (milliseconds = 100) => vi.advanceTimersByTimeAsync(milliseconds)
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

describe("one stream for the whole page", () => {
  it("brings each follower what comes behind its own last message, once", async () => {
    const { source, follow, followLibrary } = setUp()
    source.append("a", 5)
    const followers = [follow("a", 2), follow("a"), follow("b")]
    const library = followLibrary()
    await wait()
    source.append("a", 2)
    source.append("b", 1)
    source.change("kick")
    expect(followers.map(({ indexes }) => indexes)).toEqual([range(3, 7), range(0, 7), [0]])
    expect(library.ids).toEqual(["kick"])
    expect([source.opened(), source.streams.size]).toEqual([1, 1])
  })

  it("carries every place over when what is followed changes, even while messages come", async () => {
    const { source, follow, followLibrary } = setUp()
    const first = follow("a")
    const library = followLibrary()
    await wait()
    for (let i = 0; i < 20; i++) {
      const other = follow(`other ${i}`)
      source.append("a")
      source.change(`clip ${i}`)
      await wait(i % 3 === 0 ? 10 : 40)
      source.append("a")
      other.leave()
      await wait(i % 2 === 0 ? 10 : 40)
    }
    await wait()
    expect(first.indexes).toEqual(range(0, 40))
    expect(library.ids).toEqual(range(0, 20).map((i) => `clip ${i}`))
    expect(source.streams.size).toBe(1)
  })

  it("goes back for a follower that begins earlier, without telling the others twice", async () => {
    const { source, follow } = setUp()
    source.append("a", 10)
    const late = follow("a", 7)
    await wait()
    const early = follow("a", 1)
    source.append("a")
    expect(early.indexes).toEqual([])
    await wait()
    expect([late.indexes, early.indexes]).toEqual([range(8, 11), range(2, 11)])
  })

  it("is not opened again for one who comes and leaves at once, and closes when nobody follows", async () => {
    const { source, page, follow } = setUp()
    const { leave } = follow("a")
    await wait()
    follow("b").leave()
    follow("a", 0).leave()
    await wait()
    expect(source.opened()).toBe(1)
    leave()
    await wait()
    expect([source.streams.size, page.listening()]).toEqual([0, 0])
  })

  it("tells what became of a run to those who follow its session, and asks for it nowhere else", async () => {
    const { source, follow, followLibrary } = setUp()
    const library = followLibrary()
    await wait()
    expect([...source.streams][0]?.watch.runs).toBe(false)
    const followers = [follow("a"), follow("a"), follow("b")]
    await wait()
    source.run("a", 1)
    source.run("a", 2)
    expect(followers.map(({ revisions }) => revisions)).toEqual([[1, 2], [1, 2], []])
    library.leave()
  })

  it("tells once that a session is gone, and asks no more for it", async () => {
    const { source, follow } = setUp()
    const [gone, kept] = [follow("a"), follow("b")]
    await wait()
    source.gone("a")
    expect([gone.gone(), kept.gone()]).toEqual([1, 0])
    const other = follow("c")
    await wait()
    expect([...source.streams][0]?.watch.sessions.map(({ sessionId }) => sessionId)).toEqual(["b", "c"])
    other.leave()
  })
})

describe("a stream that is lost", () => {
  it("is opened again where it stopped, after ever longer pauses", async () => {
    const { source, store, follow, followLibrary } = setUp()
    const states: string[] = []
    store.subscribe(() => states.push(store.state()))
    const follower = follow("a")
    const library = followLibrary()
    expect(store.state()).toBe("connecting")
    await wait()
    source.append("a")
    source.change("first")
    source.cut(true)
    source.append("a", 3)
    source.change("missed")
    await wait(60_000)
    expect(source.opened()).toBeGreaterThan(4)
    expect(source.opened()).toBeLessThan(20)
    source.answerAgain()
    await wait(15_000)
    expect(follower.indexes).toEqual(range(0, 4))
    expect(library.ids).toEqual(["first", "missed"])
    expect(states).toEqual(["live", "away", "live"])
  })

  it("is opened at once when the browser is online again, and not before", async () => {
    const { source, page, store, follow } = setUp()
    const follower = follow("a")
    await wait()
    page.goOnline(false)
    expect([store.state(), source.streams.size]).toEqual(["away", 0])
    source.append("a")
    await wait(60_000)
    expect(source.opened()).toBe(1)
    page.goOnline(true)
    await wait(50)
    expect(follower.indexes).toEqual([0])
  })
})

describe("a hidden page", () => {
  it("lets go of its stream after 10 seconds and goes on when it is seen", async () => {
    const { source, page, follow } = setUp()
    const follower = follow("a")
    await wait()
    page.hide(true)
    await wait(9000)
    source.append("a")
    expect([follower.indexes, source.streams.size]).toEqual([[0], 1])
    await wait(2000)
    expect(source.streams.size).toBe(0)
    source.append("a", 2)
    await wait(60_000)
    expect(source.opened()).toBe(1)
    page.hide(false)
    await wait(50)
    expect(follower.indexes).toEqual([0, 1, 2])
  })

  it("keeps its stream when it is seen again soon", async () => {
    const { source, page, follow } = setUp()
    follow("a")
    await wait()
    page.hide(true)
    await wait(5000)
    page.hide(false)
    await wait(20_000)
    expect([source.opened(), source.streams.size]).toEqual([1, 1])
  })

  it("says how old what it shows is, when it is seen at last", async () => {
    const { source, page, followLibrary } = setUp()
    page.hide(true)
    followLibrary()
    await wait(5000)
    page.hide(false)
    await wait(50)
    expect([...source.streams][0]?.watch.lookBack).toBeGreaterThanOrEqual(5000)

    const old = setUp()
    old.page.hide(true)
    old.followLibrary()
    await wait(100_000)
    old.page.hide(false)
    await wait(50)
    expect([...old.source.streams][0]?.watch.lookBack).toBe(60_000)
  })

  it("opens none before it is seen", async () => {
    const { source, page, follow } = setUp()
    page.hide(true)
    const follower = follow("a")
    source.append("a")
    await wait(60_000)
    expect(source.opened()).toBe(0)
    page.hide(false)
    await wait(50)
    expect(follower.indexes).toEqual([0])
  })
})
