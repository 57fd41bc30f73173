import { expect, it } from "vitest"
import { spiralArcs } from "./spiral-arcs.ts"
import { hap } from "./visual-test-bench.ts"

const radiusOf = ({ x = 0, y = 0 }: { x?: number; y?: number } = {}) => Math.hypot(x, y)

it("winds the future outside and the past inside, within its edge", () => {
  const { arcs, playhead } = spiralArcs([hap({ begin: -1, until: 0 }), hap({ begin: 1, until: 9 })], 0, {})
  const [past, future] = arcs
  expect(radiusOf(past?.points[0])).toBeCloseTo(0.4)
  expect(radiusOf(past?.points.at(-1))).toBeCloseTo(0.6)
  expect(radiusOf(playhead.at(-1))).toBeCloseTo(0.6)
  expect(radiusOf(future?.points[0])).toBeCloseTo(0.8)
  expect(radiusOf(future?.points.at(-1))).toBeCloseTo(1)
})

it("turns the playhead where it is steady, and the events where it is not", () => {
  const at = (cycle: number, options: { steady: number }) => {
    const { arcs, playhead } = spiralArcs([hap({ begin: 0, until: 0.5 })], cycle, options)
    return { hap: arcs[0]?.points[0], playhead: playhead.at(-1) }
  }
  expect(at(0, { steady: 0 }).playhead?.x).toBeCloseTo(at(0.25, { steady: 0 }).playhead?.x ?? 9)
  expect(at(0, { steady: 1 }).playhead?.x).not.toBeCloseTo(at(0.25, { steady: 1 }).playhead?.x ?? 0)
  const angle = ({ x = 0, y = 0 } = {}) => Math.atan2(y, x)
  expect(angle(at(0, { steady: 1 }).hap)).toBeCloseTo(angle(at(0.25, { steady: 1 }).hap))
})

it("fades what is far away, and leaves out what is too far", () => {
  const haps = [hap({ begin: 0 }), hap({ begin: 1, until: 2 }), hap({ begin: 40, until: 41 })]
  const { arcs } = spiralArcs(haps, 0, {})
  expect(arcs.map(({ opacity, isHeard }) => ({ opacity, isHeard }))).toEqual([
    { opacity: 1, isHeard: true },
    { opacity: 0.6, isHeard: false },
  ])
})
