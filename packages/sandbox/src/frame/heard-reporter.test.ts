import { expect, it } from "vitest"
import type { Event } from "../protocol.ts"
import { HeardReporter } from "./heard-reporter.ts"
import { Take } from "./mixing/take.ts"

const section = (id: string, cps: number) => ({ id, cycles: 2, cps, clips: [] })
const nothing = Object.assign(Object.create(null), { clips: new Map(), openGroup: () => null })

/** A take that begins at a second and is planned to its end. */
function takeOf(time: number, change: number, ...sections: ReturnType<typeof section>[]): Take {
  const take = new Take(nothing, { sections, loop: false, align: "section" }, { mixer: nothing, time, from: 0, change })
  while (take.advance(1, { time: 100, cycle: 100 }));
  return take
}

function setUp() {
  const events: Event[] = []
  const reporter = new HeardReporter((event) => events.push(event))
  const seen = () =>
    events.splice(0).map((event) => {
      if (event.type === "arrived") return `arrived ${event.change}`
      if (event.type === "section") return `section ${event.index} at ${event.cps}`
      if (event.type !== "position") return event.type
      const { section, into, until } = event.position
      return `${section} ${into}${until === null ? "" : ` until ${until}`}`
    })
  return { reporter, seen }
}

it("reports sections and tempos when they are heard, and nothing twice", () => {
  const { reporter, seen } = setUp()
  reporter.begin(takeOf(1, 1, section("a", 1), section("b", 2)), 1)
  reporter.report(1.5)
  expect(seen()).toEqual(["arrived 1", "section 0 at 1", "a 0.5"])
  reporter.report(1.6)
  expect(seen()).toEqual([])
  reporter.report(3.25)
  expect(seen()).toEqual(["section 1 at 2", "b 0.5"])
})

it("reports a change when it is heard, and of what it replaces nothing after", () => {
  const { reporter, seen } = setUp()
  reporter.begin(takeOf(0, 1, section("a", 1)), 1)
  reporter.report(0)
  seen()
  reporter.expect({ take: takeOf(1, 3, section("c", 1)), change: 3, time: 1 })
  reporter.report(0.75)
  reporter.report(0.99)
  expect(seen()).toEqual(["a 0.75 until 1"])
  reporter.report(1.25)
  expect(seen()).toEqual(["arrived 3", "section 0 at 1", "c 0.25"])
  reporter.clear()
  reporter.report(1.5)
  expect(seen()).toEqual([])
})
