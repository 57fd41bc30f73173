import type { RunEvent, RunState } from "../run.ts"
import type { RunStep } from "./step.ts"

/** Whether nothing comes any more of a run in this state. */
export const hasEnded = (state: RunState): boolean => state !== "queued" && state !== "running"

/** Puts one more event to the steps so far; what is there is not changed. */
export function addRunEvent(steps: RunStep[], event: RunEvent): RunStep[] {
  switch (event.type) {
    case "text":
    case "reasoning": {
      const last = steps.at(-1)
      if (last?.type !== event.type) return [...steps, event]
      return [...steps.slice(0, -1), { ...last, text: last.text + event.text }]
    }
    case "call":
      return [...steps, { ...event, result: null }]
    case "result":
      return steps.map((step) =>
        step.type === "call" && step.callId === event.callId && step.result === null
          ? { ...step, result: { ok: event.ok, text: event.text } }
          : step,
      )
    case "wait":
      return [...steps, event]
  }
}

/** Puts the events of a run together, as `addRunEvent` does one by one. */
export function stepsOf(events: readonly RunEvent[]): RunStep[] {
  const steps: RunStep[] = []
  for (const event of events) {
    const last = steps.at(-1)
    if ((event.type === "text" || event.type === "reasoning") && last?.type === event.type) {
      steps[steps.length - 1] = { ...last, text: last.text + event.text }
    } else if (event.type === "call") steps.push({ ...event, result: null })
    else if (event.type !== "result") steps.push(event)
    else {
      const place = steps.findIndex(
        (step) => step.type === "call" && step.callId === event.callId && step.result === null,
      )
      const step = steps[place]
      if (step?.type === "call") steps[place] = { ...step, result: { ok: event.ok, text: event.text } }
    }
  }
  return steps
}

/** What a run said, without what it thought and did. */
export const textOf = (steps: RunStep[]): string =>
  steps
    .flatMap((step) => (step.type === "text" ? [step.text.trim()] : []))
    .filter(Boolean)
    .join("\n\n")
