import type { Command, Drawn, Event, Loaded, Mix, Silence, Source, Wanted } from "../protocol.ts"
import { ClipAsker, type Part } from "./clips/clip-asker.ts"
import { type ClipSet, type OpenedClipSet, openClipSet } from "./clips/clip-set.ts"
import type { WorkerPool } from "./clips/worker-pool.ts"
import { Clock } from "./clock.ts"
import type { Coming } from "./coming.ts"
import { HeardReporter } from "./heard-reporter.ts"
import { leadOf } from "./lead.ts"
import { Groups } from "./mixing/groups.ts"
import { fadeOut, heardAt, heardOf, type Loudspeakers, woken } from "./mixing/loudspeakers.ts"
import { readMeter } from "./mixing/meter.ts"
import { Take } from "./mixing/take.ts"
import { Preloader } from "./sounds/preloader.ts"
import type { Sounds } from "./sounds/sounds.ts"
import { goneFrom } from "./timeline.ts"
import { draw } from "./visuals/draw.ts"
import { voice } from "./voices.ts"

type Play = Extract<Command, { type: "play" }>
type Update = Extract<Command, { type: "update" }>
type Stop = Extract<Command, { type: "stop" }>
export type Evaluated = { loaded: Loaded[]; cycle: number; at: number }

/** Seconds that are planned ahead of what is heard, also where nobody looks and browsers are slow to wake a page. */
const ahead = { seen: 0.16, hidden: 0.6 }
/** Seconds that are asked for at once, at least. */
const step = 0.05
/** Milliseconds that the worker of what was replaced may still answer. */
const answering = 1_500
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

type Audio = Awaited<ReturnType<Loudspeakers["open"]>>

/** Plays a plan: asks the clips for their events a little ahead of what is heard, and changes on whole cycles. */
export class Player {
  #options: PlayerOptions
  #audio: Audio | null = null
  #take: Take | null = null
  /** What has been asked for its first events and is not heard yet. */
  #starting: Take | null = null
  #coming: Coming | null = null
  #factor = 1
  #mix: Mix = { volume: 1, gains: {} }
  #clock = new Clock(() => {
    this.#endEmpty()
    this.#tick()
  })
  #queue: Promise<unknown> = Promise.resolve()
  #stops = 0
  #groups = new Groups((group) => this.#audio?.mixer.closeGroup(group))
  #heard: HeardReporter
  #silentSince = 0
  #sleep: ReturnType<typeof setTimeout> | undefined
  /** What played last, for the same to begin again without being run again. */
  #kept: ClipSet | null = null
  #asker: ClipAsker
  #preloader = new Preloader((sources) => this.#clipSet(sources, new Map(), true))

  constructor(options: PlayerOptions) {
    this.#options = options
    this.#heard = new HeardReporter(options.emit)
    const { emit, pool } = options
    this.#asker = new ClipAsker({
      emit,
      pool,
      clipSet: (sources, before) => this.#clipSet(sources, before),
      replace: (former, next) => this.#replace(former, next),
    })
  }

  /** Runs sources ahead of a press that is likely to come, unless they run already; the last ones count. */
  async prepare(sources: Source[]): Promise<void> {
    if (this.#castAgain(sources) === null) await this.#preloader.prepare(sources)
  }

  play(command: Play): Promise<Evaluated | null> {
    return this.#inTurn((stops) => this.#play(command, stops))
  }

  update(command: Update): Promise<Evaluated | null> {
    return this.#inTurn((stops) => this.#update(command, stops))
  }

  async stop({ change, at }: Stop): Promise<void> {
    if (at === "cycle") await this.#inTurn(async () => this.#stopOnCycle(change))
    else {
      this.#stops++
      this.#silence(change, "stopped")
    }
  }

  tempo(factor: number): void {
    this.#factor = factor
    this.#heard.refresh()
  }

  mix(mix: Mix): void {
    this.#mix = mix
    this.#audio?.mixer.set(mix)
  }

  slide({ key, from, value }: Extract<Command, { type: "slide" }>): void {
    for (const clipSet of new Set([this.#take?.clipSet, this.#coming?.clipSet]))
      if (clipSet) this.#asker.slide(clipSet, key, { from, value }).catch(() => {})
  }

  draw = (wanted: Wanted): Promise<Drawn> =>
    draw(wanted, { take: this.#take, context: this.#audio?.context, asker: this.#asker })

  get own() {
    return this.#take?.clipSet.own ?? new Map()
  }

  /** One play or update after the other; null for one that a stop overtook. */
  #inTurn(work: (stops: number) => Promise<Evaluated | null>): Promise<Evaluated | null> {
    const stops = this.#stops
    const turn = this.#queue.then(() => (stops === this.#stops ? work(stops) : null)).finally(() => this.#restSoon())
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

  #clipSet(sources: Source[], before: Map<string, string>, ahead = false): Promise<OpenedClipSet> {
    const { pool, sounds } = this.#options
    return openClipSet(sources, before, { pool, sounds, ahead })
  }

  /** Sources that were prepared. */
  async #castAhead(sources: Source[], before: Map<string, string>): Promise<OpenedClipSet | null> {
    // Of a clip that fails, what played before plays on: that was not known when it was prepared.
    if (sources.some(({ key }) => before.has(key))) return null
    const opening = await this.#preloader.take(sources)
    await opening?.clipSet.listen(this.#options)
    return opening
  }

  async #play({ sources, plan, at, from, change }: Play, stops: number): Promise<Evaluated | null> {
    const before = new Map(this.#take?.clipSet.sources.map(({ key, code }) => [key, code]))
    this.#preloader.forget()
    const audio = await this.#awake()
    const { clipSet, loaded } =
      this.#castAgain(sources) ?? (await this.#castAhead(sources, before)) ?? (await this.#clipSet(sources, before))
    if (this.#kept !== clipSet) this.#kept?.end()
    this.#kept = null
    if (stops !== this.#stops) {
      this.#release(clipSet)
      return null
    }
    if (loaded.length > 0 && loaded.every(({ plays }) => !plays)) {
      this.#release(clipSet)
      this.#silence(change, "diagnostic")
      return { loaded, cycle: 0, at: Date.now() }
    }
    const take = this.#take
    const start = Math.min(from, plan.sections.length - 1)
    const keys = new Set(sources.map(({ key }) => key))
    if (take && !take.over && at === "cycle")
      return this.#announce({ clipSet, plan, from: start, keys, change }, loaded)
    const next = new Take(clipSet, plan, { mixer: audio.mixer, time: 0, from: start, change })
    this.#starting = next
    // The first events are there before the clock begins, so that none is late.
    const first = next.advance(this.#factor, { time: ahead.seen, cycle: Number.POSITIVE_INFINITY })
    const parts = first ? await Promise.all(this.#asker.ask(next, first)) : []
    this.#starting = null
    if (stops !== this.#stops) {
      this.#release(next.clipSet)
      audio.mixer.closeGroup(next.group)
      return null
    }
    const time = audio.context.currentTime + leadOf(parts)
    next.shift(time)
    if (this.#take) {
      fadeOut(this.#take.group, time, 0.01)
      this.#retire(this.#take)
    }
    this.#begin(next)
    this.#heard.begin(next, change)
    this.#forgetComing()
    for (const part of parts) if (part) this.#voice(next, part, time).catch(() => {})
    this.#tick()
    return { loaded, cycle: 0, at: heardAt(audio.context, time) }
  }

  async #update({ sources, plan, change }: Update, stops: number): Promise<Evaluated | null> {
    const { clipSet: base = this.#take?.clipSet, keys = null } = this.#coming ?? {}
    if (!base) return { loaded: [], cycle: 0, at: Date.now() }
    const changed = new Map(sources.map(({ key, code }) => [key, code]))
    const before = new Map(base.sources.map(({ key, code }) => [key, code]))
    const gone = plan ? goneFrom([this.#take?.plan, this.#coming?.plan], plan) : new Set()
    const present = [...before].filter(([key]) => !gone.has(key) && (keys === null || keys.has(key)))
    const wanted = [...new Map([...present, ...changed])].map(([key, code]) => ({ key, code }))
    const { clipSet, loaded } = base.covers(wanted) ? base.running(wanted) : await this.#clipSet(wanted, before)
    const own = loaded.filter(({ key }) => changed.has(key))
    if (stops !== this.#stops || !this.#take) {
      this.#release(clipSet)
      return stops === this.#stops ? { loaded: own, cycle: 0, at: Date.now() } : null
    }
    const { plan: planned = null, from = null } = this.#coming ?? {}
    const coming = { clipSet, plan: plan ?? planned, from, keys: new Set(wanted.map(({ key }) => key)), change }
    return this.#announce(coming, own)
  }

  #stopOnCycle(change: number): Evaluated | null {
    const take = this.#take
    if (!take) this.#silence(change, "stopped")
    else if (take.over) take.stopped = change
    else this.#announce({ clipSet: take.clipSet, plan: null, from: null, keys: new Set(), change, ends: true }, [])
    return null
  }

  /** Sources that run already, without running them anew. */
  #castAgain(sources: Source[]): OpenedClipSet | null {
    const clipSet = [this.#coming?.clipSet, this.#take?.clipSet, this.#kept].find((each) => each?.plays(sources))
    return clipSet?.running(sources) ?? null
  }

  /** Lets something take over with the next cycle that is not planned yet; at once where the plan is over. */
  #announce(coming: Omit<Coming, "cycle">, loaded: Loaded[]): Evaluated {
    const take = this.#take
    const audio = this.#audio
    if (!take || !audio) throw new Error("Nothing plays")
    const cycle = take.nextChange
    const former = this.#coming?.clipSet
    this.#coming = { ...coming, cycle }
    if (former) this.#release(former)
    const at = heardAt(audio.context, take.timeOf(cycle, this.#factor))
    if (take.over) this.#change(take, this.#coming, audio)
    return { loaded, cycle, at }
  }

  #forgetComing() {
    const coming = this.#coming
    this.#coming = null
    if (coming) this.#release(coming.clipSet)
  }

  /** Ends a clip set, unless it plays or is about to. */
  #release(clipSet: ClipSet) {
    const used = [this.#take?.clipSet, this.#starting?.clipSet, this.#coming?.clipSet, this.#kept]
    if (!used.includes(clipSet)) clipSet.end()
  }

  #begin(take: Take) {
    this.#take = take
    this.#groups.add(take.group)
  }

  #retire({ clipSet, group }: Take) {
    setTimeout(() => this.#release(clipSet), answering)
    this.#groups.ringOut(group)
  }

  /** Silence within 50 ms, then nothing is left of what was planned. */
  #silence(change: number, because: Silence) {
    const take = this.#take
    this.#forgetComing()
    this.#take = null
    if (take && this.#audio) {
      this.#groups.silence(this.#audio.context.currentTime)
      if (this.#kept !== take.clipSet) this.#kept?.end()
      this.#kept = take.clipSet
    }
    this.#settle(change, because)
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
    if (now) this.#report(audio.context, now)
  }

  /** Where each clip has failed, nothing comes any more. */
  #endEmpty() {
    const take = this.#take
    if (take?.hasFailed && !this.#coming) this.#silence(take.change, "diagnostic")
  }

  #planAhead(audio: Audio) {
    const { context } = audio
    for (;;) {
      const take = this.#take
      if (!take || take.over) return
      const coming = this.#coming
      if (coming && take.cursor.cycle >= coming.cycle) {
        this.#change(take, coming, audio)
        continue
      }
      const now = context.currentTime
      // After a pause of the whole page, what was missed is left out instead of made up for.
      const horizon = now + (document.hidden ? ahead.hidden : ahead.seen)
      if (horizon - take.cursor.time < step) return
      const cycle = coming?.cycle ?? Number.POSITIVE_INFINITY
      const slice = take.advance(this.#factor, { time: horizon, cycle })
      if (!slice) return
      if (slice.to.time <= now - 0.1) continue
      for (const part of this.#asker.ask(take, slice))
        part.then((events) => events && this.#voice(take, events, slice.from.time)).catch(() => {})
    }
  }

  #change(take: Take, { clipSet, plan, from, keys, change, ends }: Coming, { context, mixer }: Audio) {
    this.#coming = null
    if (ends) {
      take.over = true
      take.stopped = change
      return
    }
    for (const { key } of clipSet.sources) if (!keys.has(key)) clipSet.drop(key)
    if (plan !== null && from !== null) {
      const time = Math.max(take.cursor.time, context.currentTime)
      const next = new Take(clipSet, plan, { mixer, time, from: Math.min(from, plan.sections.length - 1), change })
      this.#begin(next)
      this.#heard.expect({ take: next, change, time })
      this.#retire(take)
      return
    }
    const { clipSet: former } = take
    take.adopt(clipSet, plan)
    this.#heard.expect({ take, change, time: take.cursor.time })
    setTimeout(() => this.#release(former), answering)
  }

  #replace(former: ClipSet, next: ClipSet) {
    for (const each of [this.#take, this.#starting, this.#coming]) if (each?.clipSet === former) each.clipSet = next
    this.#release(next)
  }

  async #voice(take: Take, { key, events, span }: Part, time: number) {
    const audio = this.#audio
    if (!audio || events.length === 0 || !this.#groups.has(take.group)) return
    const heard = await voice(events, this.#options.sounds, {
      output: take.output(key),
      own: take.clipSet.own,
      time,
      ...span,
      heardAt: (at) => heardAt(audio.context, at),
      isWanted: () => this.#groups.has(take.group),
    })
    if (heard.length > 0) this.#options.emit({ type: "sounding", events: heard })
  }

  #report(context: AudioContext, take: Take) {
    const heardTime = heardOf(context)
    this.#heard.report(heardTime)
    if (!take.over || heardTime <= take.cursor.time) return
    this.#take = null
    this.#forgetComing()
    this.#retire(take)
    if (take.stopped === null) this.#settle(take.change, "ended")
    else this.#settle(take.stopped, "stopped")
  }

  /** After the last sound. */
  #settle(change: number, because: Silence) {
    this.#heard.clear()
    this.#options.emit({ type: "silent", change, because })
    this.#silentSince = performance.now()
    this.#restSoon()
  }

  /** Also what was awake for nothing, as where a stop came before the first sound. */
  #restSoon() {
    clearTimeout(this.#sleep)
    if (this.#audio && !this.#take) this.#sleep = setTimeout(() => this.#rest(), idle)
  }

  #rest() {
    if (this.#take) return
    this.#clock.stop()
    this.#audio?.context.suspend().catch(() => {})
  }
}
