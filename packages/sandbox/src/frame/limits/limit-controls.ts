import type { Controls } from "../sounds/sounds.ts"
import { mostOfEvent, rangeOf, slowest, zzfx } from "./control-limits.ts"
import { cleanControls, isByteBeat } from "./controls.ts"

/** A control that is played as something else than was asked for. */
export interface Clamped {
  control: string
  /** Null where it cannot be said, as of what is no number. */
  asked: string | null
  /** Null where nothing of it is played. */
  used: string | null
}

export interface Limited {
  controls: Controls
  clamped: Clamped[]
}

type Tell = (control: string, asked: unknown, used: unknown) => void

const isRecord = (value: unknown): value is Controls =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const shown = (value: unknown): string | null =>
  typeof value === "number" || typeof value === "string" ? String(value).slice(0, 24) : null

function telling(work: (tell: Tell) => Controls): Limited {
  const clamped: Clamped[] = []
  const controls = work((control, asked, used) => {
    clamped.push({ control, asked: shown(asked), used: shown(used) })
  })
  return { controls, clamped }
}

/** What is played for a control that is no number. */
const asUsual = "as usual"

/** The controls of an event as plain values within what they may be. */
export const limitControls = (asked: Controls): Limited =>
  telling((tell) => {
    const plain = cleanControls(asked)
    for (const name of Object.keys(asked)) if (!(name in plain) && rangeOf(name)) tell(name, null, asUsual)
    const within: Controls = {}
    let connections = 0
    for (const [name, value] of Object.entries(plain)) {
      const isConnection = /^fmi\d*$/.test(name) && Boolean(value)
      if (isConnection && ++connections > mostOfEvent.fm) tell(name, value, null)
      else {
        const allowed = limitValue(name, value, tell)
        if (allowed !== undefined) within[name] = allowed
      }
    }
    return within
  })

function limitValue(name: string, value: unknown, tell: Tell): unknown {
  if (name === "FX") return limitChain(value, tell)
  if (name === "byteBeatExpression") return limitByteBeat(value, tell)
  if (name === "partials" && !Array.isArray(value))
    return clamp(name, value, { least: 0, most: mostOfEvent.partials, tell })
  if (modulators.has(name) && isRecord(value)) return limitModulators(name, value, tell)
  if (name === "zzfx" && Array.isArray(value)) return limitZzfx(value, tell)
  if (name.startsWith("duck") && Array.isArray(value)) {
    const few = value.slice(0, mostOfEvent.ducks)
    if (few.length < value.length) tell(name, `${value.length} of them`, few.length)
    return few.map((item) => limitNumber(name, item, tell))
  }
  return limitNumber(name, value, tell)
}

function limitNumber(name: string, value: unknown, tell: Tell): unknown {
  const range = rangeOf(name)
  if (name === "note" && isNoteName(value)) return value
  if (!range && typeof value !== "number") return value
  const number = clamp(name, value, { ...(range ?? anyNumber), tell })
  if (name !== "speed" || typeof number !== "number" || number === 0 || Math.abs(number) >= slowest) return number
  tell(name, value, Math.sign(number) * slowest)
  return Math.sign(number) * slowest
}

/** What a node takes without raising an error. */
const anyNumber = { least: -1e9, most: 1e9 }

const isNoteName = (value: unknown) => typeof value === "string" && Number.isNaN(Number(value))

/** A number within a range; numbers that are written as texts count, as they do for superdough. */
function clamp(name: string, value: unknown, { least, most, tell }: { least: number; most: number; tell: Tell }) {
  const number = typeof value === "string" && value.trim() === "" ? Number.NaN : toNumber(value)
  if (!Number.isFinite(number)) {
    tell(name, value, asUsual)
    return undefined
  }
  const used = Math.min(most, Math.max(least, number))
  if (used !== number) tell(name, value, used)
  return used
}

const toNumber = (value: unknown): number =>
  typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? Number(value) : Number.NaN

/** Effects one after the other, each with controls of its own. */
function limitChain(value: unknown, tell: Tell): unknown {
  if (!Array.isArray(value)) return undefined
  const links = value.filter(isRecord)
  if (links.length > mostOfEvent.FX) tell("FX", `${links.length} effects`, mostOfEvent.FX)
  const limited = links.slice(0, mostOfEvent.FX).map((link) => limitEach(link, tell))
  // Each event would have a room of its own.
  const withRooms = limited.filter(({ room }) => room)
  if (withRooms.length > 1) tell("FX room", withRooms.length, 1)
  for (const [index, link] of withRooms.entries()) {
    if (index > 0) delete link.room
    else if (link.roomsize !== undefined) {
      link.roomsize = clamp("FX roomsize", link.roomsize, { least: 0, most: mostOfEvent.roomsize, tell })
    }
  }
  return limited
}

const limitEach = (controls: Controls, tell: Tell): Controls =>
  Object.fromEntries(
    Object.entries(controls).flatMap(([name, value]) => {
      // A chain in a chain is none.
      const allowed = name === "FX" ? undefined : limitValue(name, value, tell)
      return allowed === undefined ? [] : [[name, allowed]]
    }),
  )

const modulators = new Set(["lfo", "env", "bmod"])

/** `{ __ids: [0], 0: { rate: 2 } }`; an id that names nothing would end all of the event. */
function limitModulators(name: string, { __ids, ...all }: Controls, tell: Tell): Controls {
  const ids = (Array.isArray(__ids) ? __ids : []).map(String).filter((id) => isRecord(all[id]))
  if (ids.length > mostOfEvent.modulators) tell(name, `${ids.length} of them`, mostOfEvent.modulators)
  const few = ids.slice(0, mostOfEvent.modulators)
  const limited = few.map((id) => {
    const modulator = all[id]
    return [id, isRecord(modulator) ? limitEach(modulator, tell) : {}] as const
  })
  return { __ids: few, ...Object.fromEntries(limited) }
}

function limitByteBeat(value: unknown, tell: Tell): unknown {
  if (isByteBeat(value) && String(value).length <= mostOfEvent.byteBeat) return value
  tell("byteBeatExpression", null, asUsual)
  return undefined
}

/** The controls that ZzFX takes one after the other. */
const zzfxOrder = [
  ...["gain", "zrand", "freq", "attack", "seconds", "release", "shape", "curve", "slide", "deltaSlide", "pitchJump"],
  ...["pitchJumpTime", "lfo", "znoise", "zmod", "zcrush", "zdelay", "sustain", "decay", "tremolo"],
]

function limitZzfx(values: unknown[], tell: Tell): unknown[] {
  return zzfxOrder.map((name, index) => {
    if (values[index] === undefined) return undefined
    const range = name === "shape" ? { least: 0, most: 4 } : zzfxRange(name)
    return range ? clamp("zzfx", values[index], { ...range, tell }) : values[index]
  })
}

const zzfxRange = (name: string) => {
  if (["attack", "decay", "release"].includes(name)) return { least: 0, most: zzfx.envelope }
  return name === "seconds" ? { least: 0, most: zzfx.seconds } : rangeOf(name)
}

/** Oscillators take the number of a sample for that of their partials. */
const oscillators = new Set(["triangle", "square", "sawtooth", "user", "tri", "sqr", "saw"])

export const isOscillator = (s: unknown): boolean => typeof s === "string" && oscillators.has(s)

export const isZzfx = (s: unknown): boolean => typeof s === "string" && (s === "zzfx" || s.startsWith("z_"))

/** Controls within what their sound bears, by the name it has at superdough, and the seconds that it lasts. */
export function limitSound(asked: Controls, seconds: number): Limited & { seconds: number } {
  let lasts = seconds
  const limited = telling((tell) => {
    const within = { ...asked }
    const limit = (name: string, least: number, most: number) => {
      if (within[name] !== undefined) within[name] = clamp(name, within[name], { least, most, tell })
    }
    const { s } = asked
    if (isOscillator(s)) limit("n", 0, mostOfEvent.partials)
    if (s === "supersaw") limit("n", 0, 120)
    if (!isZzfx(s)) return within
    for (const name of ["attack", "decay", "release"]) limit(name, 0, zzfx.envelope)
    if (seconds > zzfx.seconds) tell("length", `${Number(seconds.toPrecision(3))} s`, `${zzfx.seconds} s`)
    lasts = Math.min(seconds, zzfx.seconds)
    return within
  })
  return { ...limited, seconds: lasts }
}
