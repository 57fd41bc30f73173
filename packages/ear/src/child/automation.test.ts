import {
  AutomationEventList,
  createCancelScheduledValuesAutomationEvent as cancel,
  createSetValueCurveAutomationEvent as curve,
  createExponentialRampToValueAutomationEvent as exponential,
  createLinearRampToValueAutomationEvent as linear,
  createSetValueAutomationEvent as set,
  createSetTargetAutomationEvent as towards,
} from "automation-events"
import { expect, it } from "vitest"
import { rememberFormulas } from "./automation.ts"

const { getValue } = AutomationEventList.prototype
rememberFormulas()

const lists = {
  "an envelope": [set(0, 0), linear(1, 0.1), exponential(0.3, 0.3), set(0.3, 0.6), linear(0, 0.8)],
  "a ramp through zero": [set(-1, 0), exponential(1, 0.5), linear(-2, 0.9)],
  "a ramp from the beginning": [linear(3, 0.5)],
  "a fader": [set(1, 0), towards(0.2, 0.1, 0.05), set(0.7, 0.5), towards(0.7, 0.6, 0.1)],
  "a ramp after a fader": [towards(0.2, 0.1, 0.05), linear(1, 0.5)],
  "a curve and a ramp": [set(1, 0), curve([0, 1, 0.5], 0.2, 0.3), linear(2, 0.9)],
}

for (const [name, events] of Object.entries(lists)) {
  it(`gives the values that the library looks up one by one: ${name}`, () => {
    const list = new AutomationEventList(0.5)
    for (const event of events) list.add(event)
    for (let frame = 0; frame < 1_000; frame += 3) {
      const time = frame / 1_000
      expect(list.getValue(time)).toBeCloseTo(getValue.call(list, time), 9)
    }
  })
}

it("forgets a formula when something is planned or cancelled", () => {
  const list = new AutomationEventList(0)
  list.add(set(1, 0))
  expect(list.getValue(0.2)).toBe(1)
  list.add(linear(3, 1))
  expect(list.getValue(0.5)).toBeCloseTo(2)
  list.add(cancel(0.6))
  expect(list.getValue(0.7)).toBe(1)
})
