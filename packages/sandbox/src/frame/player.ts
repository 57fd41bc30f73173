import type { Command, Event, Loaded, Mix, Problem } from "../protocol.ts"
import { ClipGone, type Hap } from "./answers.ts"
import { type Cast, type Casting, openCast } from "./cast.ts"
import { Clock } from "./clock.ts"
import { endVoices, fade, heardAt, type Loudspeakers, woken } from "./loudspeakers.ts"
import { readMeter } from "./meter.ts"
import type { Mixer } from "./mixer.ts"
import { PositionTeller } from "./position-teller.ts"
import { timedOut } from "./problems.ts"
import type { Sounds } from "./sounds.ts"
import { Take } from "./take.ts"
import { type Slice, spanOf } from "./timeline.ts"
import { mostEventsPerSecond, voice } from "./voices.ts"
import type { WorkerPool } from "./worker-pool.ts"

type Play = Extract<Command, { type: "play" }>
type Update = Extract<Command, { type: "update" }>
export type Taken = { loaded: Loaded[]; cycle: number; at: number }

/** Seconds that are planned ahead of what is heard, also where nobody looks and browsers are slow to wake a page. */
const ahead = { seen: 0.16, hidden: 0.6 }
/** Seconds that are asked for at once, at least. */
const step = 0.05
/** Seconds from a decision to its first sound. */
const lead = 0.015
/** Milliseconds that what was replaced may ring on, and that its worker may still answer. */
const ringing = 8_000
/** Milliseconds for which the meter is still shown after a stop, for it to come down. */
const fading = 1_500
/** Milliseconds of silence after which the audio hardware is let go. */
const idle = 30_000

export interface PlayerOptions {
  emit(event: Event, transfer?: Transferable[]): void
  pool: WorkerPool
  sounds: Sounds
  speakers: Loudspeakers
}

/** What a clip plays in a slice. */
interface Part {
  key: string
  events: Hap[]
  span: ReturnType<typeof spanOf>
}

interface Coming {
  cast: Cast
  /** Null where only the code changes. */
  plan: Play["plan"] | null
  from: number
  cycle: number
}

/** Plays a plan: asks the clips for their events a little ahead of what is heard, and changes on whole cycles. */
export class Player {
  #options: PlayerOptions
  #audio: { context: AudioContext; mixer: Mixer; meter: AnalyserNode } | null = null
  #take: Take | null = null
  /** What has been asked for its first events and is not heard yet. */
  #starting: Take | null = null
  #coming: Coming | null = null
  #factor = 1
  #mix: Mix = { volume: 1, gains: {} }
  #clock = new Clock(() => this.#tick())
  #queue: Promise<unknown> = Promise.resolve()
  #stops = 0
  #groups = new Set<GainNode>()
  #position: PositionTeller
  #silentSince = 0
  #sleep: ReturnType<typeof setTimeout> | undefined
  /** What played last, for the same to begin again without being run again. */
  #kept: Casting | null = null
  #loaded = new WeakMap<Cast, Loaded[]>()

  constructor(options: PlayerOptions) {
    this.#options = options
    this.#position = new PositionTeller(options.emit)
  }

  play(command: Play): Promise<Taken | null> {
    return this.#inTurn((stops) => this.#play(command, stops))
  }

  update(command: Update): Promise<Taken | null> {
    return this.#inTurn((stops) => this.#update(command, stops))
  }

  stop(): void {
    this.#stops++
    this.#coming?.cast.end()
    this.#coming = null
    const take = this.#take
    if (!take) return
    this.#take = null
    this.#finish(take)
  }

  tempo(factor: number): void {
    this.#factor = factor
    this.#position.forget()
  }

  mix(mix: Mix): void {
    this.#mix = mix
    this.#audio?.mixer.set(mix)
  }

  get own() {
    return this.#take?.cast.own ?? new Map()
  }

  /** One play or update after the other; null for one that a stop overtook. */
  #inTurn(work: (stops: number) => Promise<Taken | null>): Promise<Taken | null> {
    const stops = this.#stops
    const turn = this.#queue.then(() => (stops === this.#stops ? work(stops) : null))
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #awake() {
    clearTimeout(this.#sleep)
    const audio = await this.#options.speakers.open()
    if (audio.context.state !== "running") await woken(audio.context)
    this.#options.sounds.context = audio.context
    if (!this.#audio) {
      this.#audio = audio
      audio.mixer.set(this.#mix)
    }
    this.#clock.start()
    return audio
  }

  #cast(sources: Play["sources"], before: Map<string, string>): Promise<Casting> {
    const { pool, sounds, emit } = this.#options
    const warn = (message: string) => emit({ type: "log", level: "warning", message: message.slice(0, 500) })
    return openCast(sources, before, { pool, sounds, warn })
  }

  async #play({ sources, plan, at, from }: Play, stops: number): Promise<Taken | null> {
    const before = new Map(this.#take?.cast.sources.map(({ key, code }) => [key, code]))
    const audio = await this.#awake()
    const kept = this.#kept?.cast.plays(sources) ? this.#kept : null
    const { cast, loaded } = kept ?? (await this.#cast(sources, before))
    if (this.#kept !== kept) this.#kept?.cast.end()
    this.#kept = null
    if (stops !== this.#stops) {
      cast.end()
      return null
    }
    this.#loaded.set(cast, loaded)
    const take = this.#take
    const start = Math.min(from, plan.sections.length - 1)
    if (take && !take.over && at === "cycle") return this.#announce({ cast, plan, from: start }, loaded)
    const next = new Take(cast, plan, { mixer: audio.mixer, time: 0, from: start })
    this.#starting = next
    // The first events are there before the clock begins, so that none is late.
    const first = next.advance(this.#factor, { time: ahead.seen, cycle: Number.POSITIVE_INFINITY })
    const parts = first ? await Promise.all(this.#parts(next, first)) : []
    this.#starting = null
    if (stops !== this.#stops) {
      next.cast.end()
      audio.mixer.closeGroup(next.group)
      return null
    }
    const time = audio.context.currentTime + lead
    next.shift(time)
    if (this.#take) this.#leave(this.#take, time)
    this.#begin(next)
    for (const part of parts) if (part) this.#voice(next, part, time).catch(() => {})
    this.#tick()
    return { loaded, cycle: 0, at: heardAt(audio.context, time) }
  }

  async #update({ sources }: Update, stops: number): Promise<Taken | null> {
    const base = this.#coming?.cast ?? this.#take?.cast
    if (!base) return { loaded: [], cycle: 0, at: Date.now() }
    const changed = new Map(sources.map(({ key, code }) => [key, code]))
    const before = new Map(base.sources.map(({ key, code }) => [key, code]))
    const merged = new Map([...before, ...changed])
    const wanted = [...merged].map(([key, code]) => ({ key, code }))
    const { cast, loaded } = await this.#cast(wanted, before)
    if (stops !== this.#stops || !this.#take) {
      cast.end()
      return null
    }
    const { plan = null, from = 0 } = this.#coming ?? {}
    return this.#announce(
      { cast, plan, from },
      loaded.filter(({ key }) => changed.has(key)),
    )
  }

  /** Lets something take over with the next cycle that is not planned yet. */
  #announce(coming: Omit<Coming, "cycle">, loaded: Loaded[]): Taken {
    const take = this.#take
    const audio = this.#audio
    if (!take || !audio) throw new Error("Nothing plays")
    const cycle = Math.ceil(take.cursor.cycle - 1e-6)
    this.#coming?.cast.end()
    this.#coming = { ...coming, cycle }
    return { loaded, cycle, at: heardAt(audio.context, take.timeOf(cycle, this.#factor)) }
  }

  #begin(take: Take) {
    this.#take = take
    this.#groups.add(take.group)
    this.#position.forget()
  }

  /** Fades out what is replaced in the middle of a cycle. */
  #leave(take: Take, time: number) {
    const { gain } = take.group
    gain.setValueAtTime(1, time)
    gain.linearRampToValueAtTime(0, time + 0.01)
    this.#retire(take)
  }

  #retire({ cast, group }: Take) {
    setTimeout(() => cast.end(), 1_500)
    setTimeout(() => this.#close(group), ringing)
  }

  #close(group: GainNode) {
    this.#audio?.mixer.closeGroup(group)
    this.#groups.delete(group)
  }

  /** Silence within 50 ms, then nothing is left of what was planned. */
  #finish(take: Take) {
    const audio = this.#audio
    if (!audio) return
    const { context } = audio
    const groups = [...this.#groups]
    for (const { gain } of groups) {
      gain.cancelScheduledValues(context.currentTime)
      gain.setValueAtTime(1, context.currentTime)
      gain.linearRampToValueAtTime(0, context.currentTime + fade)
    }
    this.#keep(take.cast)
    setTimeout(() => {
      for (const group of groups) this.#close(group)
      if (!this.#take) endVoices(context).catch(() => {})
    }, 80)
    this.#settle(context)
  }

  #keep(cast: Cast) {
    const loaded = this.#loaded.get(cast)
    this.#kept?.cast.end()
    this.#kept = loaded ? { cast, loaded } : null
    if (!loaded) cast.end()
  }

  #rest(context: AudioContext) {
    if (this.#take) return
    this.#clock.stop()
    context.suspend().catch(() => {})
  }

  #tick() {
    const audio = this.#audio
    if (!audio) return
    const take = this.#take
    const showsMeter = take !== null || performance.now() - this.#silentSince < fading
    if (showsMeter) this.#options.emit(...readMeter(audio.meter))
    if (!take) return
    this.#planAhead(audio)
    const now = this.#take
    if (now) this.#tellPosition(audio.context, now)
  }

  #planAhead({ context, mixer }: { context: AudioContext; mixer: Mixer }) {
    for (;;) {
      const take = this.#take
      if (!take || take.over) return
      const coming = this.#coming
      if (coming && take.cursor.cycle >= coming.cycle) {
        this.#change(take, coming, mixer)
        continue
      }
      const now = context.currentTime
      // After a pause of the whole page, what was missed is left out instead of made up for.
      const horizon = now + (document.hidden ? ahead.hidden : ahead.seen)
      if (horizon - take.cursor.time < step) return
      const cycle = coming?.cycle ?? Number.POSITIVE_INFINITY
      const slice = take.advance(this.#factor, { time: horizon, cycle })
      if (!slice) return
      if (slice.to.time > now - 0.1) this.#ask(take, slice)
    }
  }

  #change(take: Take, coming: Coming, mixer: Mixer) {
    this.#coming = null
    const { cast, plan, from } = coming
    if (plan === null) {
      const { cast: former } = take
      take.cast = cast
      setTimeout(() => former.end(), 1_500)
      return
    }
    this.#retire(take)
    this.#begin(new Take(cast, plan, { mixer, time: take.cursor.time, from }))
  }

  #ask(take: Take, slice: Slice) {
    for (const part of this.#parts(take, slice)) {
      part.then((events) => events && this.#voice(take, events, slice.from.time)).catch(() => {})
    }
  }

  /** The events of each clip of a slice; null of one that has none to give. */
  #parts(take: Take, slice: Slice): Promise<Part | null>[] {
    const { cast } = take
    return slice.section.clips.map(async ({ key, tempo }) => {
      const clip = cast.clips.get(key)
      if (!clip) return null
      const span = spanOf(slice, { tempo, cps: clip.cps }, take.plan.align)
      try {
        const events = await cast.events(key, { begin: span.begin, end: span.end, cps: span.rate })
        const most = Math.max(100, mostEventsPerSecond * (slice.to.time - slice.from.time))
        if (Array.isArray(events) && events.length <= most) return { key, events, span }
        this.#silence(cast, key, Array.isArray(events) ? tooMany : events.problem)
      } catch (error) {
        await this.#replace(cast, error)
      }
      return null
    })
  }

  async #voice(take: Take, { key, events, span }: Part, time: number) {
    const audio = this.#audio
    if (!audio || events.length === 0 || !this.#groups.has(take.group)) return
    const heard = await voice(events, this.#options.sounds, {
      key,
      channel: take.channel(key),
      own: take.cast.own,
      time,
      begin: span.begin,
      rate: span.rate,
      heardAt: (at) => heardAt(audio.context, at),
    })
    if (heard.length > 0) this.#options.emit({ type: "sounding", events: heard })
  }

  #silence(cast: Cast, key: string, problem: Problem) {
    if (!cast.has(key)) return
    cast.drop(key)
    this.#options.emit({ type: "problem", key, problem })
    // What it was asked already would keep the others waiting.
    if (cast.isAsked(key)) this.#recast(cast).catch(() => {})
  }

  /** The clips that are left go on in the next worker. */
  async #recast(cast: Cast) {
    cast.end()
    const { cast: next } = await this.#cast(cast.sources, new Map())
    if (this.#take?.cast === cast) this.#take.cast = next
    else if (this.#starting?.cast === cast) this.#starting.cast = next
    else if (this.#coming?.cast === cast) this.#coming.cast = next
    else next.end()
  }

  /** After a worker had to be ended: the clip at fault is left out, the others go on in the next worker. */
  async #replace(cast: Cast, error: unknown) {
    if (!(error instanceof ClipGone) || error.why === "ended" || error.ask.type !== "events") return
    const { name } = error.ask
    const code = cast.sources.find(({ key }) => key === name)?.code ?? ""
    cast.drop(name)
    const told = timedOut(this.#options.pool, code, error.ask)
    await this.#recast(cast)
    this.#options.emit({ type: "problem", key: name, problem: await told })
  }

  #tellPosition(context: AudioContext, take: Take) {
    const heardTime = context.currentTime - (context.outputLatency || context.baseLatency || 0)
    if (!take.over || heardTime <= take.cursor.time) return this.#position.tell(take, heardTime)
    this.#take = null
    this.#retire(take)
    this.#options.emit({ type: "ended" })
    this.#settle(context)
  }

  /** After the last sound. */
  #settle(context: AudioContext) {
    this.#position.tellStopped()
    this.#silentSince = performance.now()
    clearTimeout(this.#sleep)
    this.#sleep = setTimeout(() => this.#rest(context), idle)
  }
}

const tooMany: Problem = {
  stage: "query",
  message: `It plays more than ${mostEventsPerSecond} events a second`,
  line: null,
  column: null,
}
