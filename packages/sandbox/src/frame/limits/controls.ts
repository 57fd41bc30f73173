import type { Controls } from "../sounds/sounds.ts"

const mostDepth = 4
const mostItems = 256
/** Of an event, with all that lies in its lists. */
const mostValues = 2_000
const mostSigns = 4_000

/** Controls that superdough would run as code, or that are the frame's own affair. */
const refused = new Set(["source", "workletSrc", "workletInputs", "analyze", "fft", "channels", "__proto__"])

/** What may reach superdough of an event's controls: plain values of bounded size, and no code. */
export function cleanControls(value: Controls): Controls {
  const clean: Controls = {}
  const budget = { left: mostValues }
  for (const [name, item] of Object.entries(value).slice(0, mostItems)) {
    if (refused.has(name)) continue
    const plain = cleanValue(item, 0, budget)
    if (plain !== undefined) clean[name] = plain
  }
  if ("byteBeatExpression" in clean && !isByteBeat(clean.byteBeatExpression)) delete clean.byteBeatExpression
  return clean
}

function cleanValue(value: unknown, depth: number, budget: { left: number }): unknown {
  if (budget.left-- <= 0) return undefined
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined
  if (typeof value === "string") return value.slice(0, mostSigns)
  if (typeof value === "boolean") return value
  if (typeof value !== "object" || value === null || depth > mostDepth) return undefined
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => cleanValue(item, depth + 1, budget))
  const entries = Object.entries(value).slice(0, mostItems)
  return Object.fromEntries(
    entries.flatMap(([name, item]) => (refused.has(name) ? [] : [[name, cleanValue(item, depth + 1, budget)]])),
  )
}

const words = new Set(["t", "int", ...Object.getOwnPropertyNames(Math)])

/** Arithmetic of `t` alone: superdough makes a function of it in the realm of the loudspeakers. */
export function isByteBeat(value: unknown): boolean {
  if (typeof value !== "string" || !/^[\w\s.()+\-*/%&|^<>=!?:~,]*$/.test(value)) return false
  // Without assignments and functions there are neither loops nor ways out.
  if (/=>|(?<![=!<>])=(?!=)|\+\+|--|\/\/|\/\*|<!--/.test(value)) return false
  return (value.match(/[A-Za-z_]\w*/g) ?? []).every((word) => words.has(word))
}
