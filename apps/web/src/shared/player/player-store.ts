import type { FetchSample, Sandbox, SandboxOptions, Taken } from "@strudel-agent/sandbox/host"
import type { Event, Loaded, Position, Problem, Source } from "@strudel-agent/sandbox/protocol"
import { among, mixOf } from "./mix.ts"
import { createNotices, type Say } from "./notices.ts"
import { type Passing, passing, settled } from "./passing.ts"
import {
  clipAsHeard,
  isSamePlan,
  mostPrepared,
  type Playable,
  type PlayableClip,
  playableOfClip,
  silentPlan,
  sourcesOf,
  withClip,
  withCode,
  withoutClip,
} from "./playable.ts"
import { createFaders } from "./player-faders.ts"
import { createSignals } from "./player-signals.ts"
import { afterLoading, initialState, type PlayerSettings, type PlayerState, sectionToCome } from "./player-state.ts"
import { createSandboxKeeper } from "./sandbox-keeper.ts"
import { readSounds } from "./sound-needs.ts"

export interface PlayerOptions {
  open(options: SandboxOptions): Promise<Sandbox>
  /** Fetches a file of samples where the network is allowed. */
  fetchSample: FetchSample
  settings: { read(): PlayerSettings; write(settings: PlayerSettings): void }
  say: Say
  /** Told of every change. */
  onChange?: (state: PlayerState) => void
}

export interface PlayOptions {
  /** `cycle` waits for the next cycle of what plays. */
  at?: "now" | "cycle"
  /** The index of the section to begin with. */
  from?: number
  /** Whether the place that asks shows itself why something does not play. */
  quiet?: boolean
}

/** Milliseconds in which the sandbox takes up another factor. */
const settling = 300

/** The player of a tab: what plays in the one sandbox, and everything that can be done about it. */
export function createPlayer({ open, fetchSample, settings, say, onChange }: PlayerOptions) {
  const signals = createSignals()
  const listeners = new Set<() => void>()
  let state = initialState(settings.read())
  /** Counts what was asked: the answer to what was asked before counts no longer. */
  let turn = 0
  /** How many plays are asked for and not answered. */
  let asking = 0
  /** The moments from which on the tempo and the sections count that the sandbox tells. */
  let tempoFrom = 0
  let sectionsFrom = 0
  /** Whether what waits for its cycle has the sections of what is heard. */
  let sameSections = true
  /** Whether what waits for its cycle is silence. */
  let ending = false
  /** An error that the sandbox told of at this moment. */
  let complaint: string | undefined
  let landing: ReturnType<typeof setTimeout> | undefined
  let before: { playable: Playable | undefined; section: number } | undefined

  const change = (part: Partial<PlayerState>) => {
    state = { ...state, ...part }
    onChange?.(state)
    for (const listener of [...listeners]) listener()
  }
  const nameOf = (key: string) => state.playable?.clips.find((clip) => clip.key === key)?.name ?? key
  const notices = createNotices(say, nameOf)
  const keeper = createSandboxKeeper({ open, fetchSample, onEvent: hear, allowed: () => state.network })
  const keysOf = (playable: Playable | undefined) => playable?.clips.map(({ key }) => key) ?? []
  const keys = () => keysOf(state.playable)
  /** Mute and solo of clips that are heard or about to be. */
  const switches = ({ leaving }: Passing, present = keys()) => ({
    muted: among(state.muted, [...present, ...leaving]),
    soloed: among(state.soloed, [...present, ...leaving]),
  })

  function land(at: number) {
    clearTimeout(landing)
    const wait = at - Date.now()
    if (wait <= 0) return arrive(at)
    landing = setTimeout(() => arrive(at), wait)
    change({ landing: at })
  }

  /** Another factor of the tempo brings what waits sooner or later. */
  function moved(factor: number) {
    tempoFrom = Date.now() + settling
    if (state.landing !== undefined) land(Date.now() + (state.landing - Date.now()) * (state.factor / factor))
  }

  /** What waited for its cycle is heard. */
  function arrive(at: number) {
    sectionsFrom = at
    if (ending) return rest()
    change({ landing: undefined, section: sectionToCome(state), target: undefined, ...settled, ...switches(settled) })
    tellMix()
  }

  /** Falls silent, of its own or because it was asked to. */
  function rest(part: Partial<PlayerState> = {}) {
    clearTimeout(landing)
    ending = false
    signals.clear()
    change({ phase: "silent", section: 0, target: undefined, landing: undefined, ...settled, ...part })
  }

  /** The sandbox is no more, unless another one took its place meanwhile: what comes next opens one anew. */
  function lose(error: unknown, lost = keeper.opened()) {
    if (lost !== keeper.opened()) return
    turn++
    keeper.drop()
    const trouble = error instanceof Error && error.message ? error.message : "The sandbox did not answer."
    rest({ trouble })
    notices.lost(trouble, resume)
  }

  function hearPosition(position: Position) {
    if (state.phase !== "playing") return
    // It was put away, and said why just before.
    if (!position.playing && complaint !== undefined) return lose(new Error(complaint))
    signals.place(position)
    const { index, at } = position
    // What was told before the sandbox heard of another factor would turn the tempo back for a moment.
    const cps = Date.now() < tempoFrom ? state.cps : position.cps
    const counts = state.landing === undefined ? at >= sectionsFrom : sameSections
    const section = counts ? index : state.section
    if (section !== state.section || cps !== state.cps) change({ section, cps })
  }

  function hear(event: Event) {
    if (event.type === "sounding") {
      const names = event.events.flatMap(({ sound }) => (sound === null || state.heard.has(sound) ? [] : [sound]))
      if (names.length > 0) change({ heard: new Set([...state.heard, ...names]) })
      signals.soundings.send(event.events)
    } else if (event.type === "meter") signals.levels.send(event)
    else if (event.type === "position") hearPosition(event.position)
    else if (event.type === "problem") {
      const { key, problem } = event
      change({ problems: new Map(state.problems).set(key, problem), stopped: new Set([...state.stopped, key]) })
      notices.stopped(key, problem)
    } else if (event.type === "sound") {
      change({ sounds: new Map(state.sounds).set(event.sound.name, event.sound) })
      notices.sound(event.sound)
    } else if (event.type === "effects" || event.type === "restraint") notices.partly(event)
    else if (event.type === "log" && event.level === "error") {
      complaint = `${event.message.replace(/\.$/, "")}.`
      setTimeout(() => {
        complaint = undefined
      })
    } else if (event.type === "ended" && asking === 0 && state.phase !== "silent") {
      turn++
      rest()
    }
  }

  /** Tells the sandbox something, if there is one. */
  function tell(what: (sandbox: Sandbox) => Promise<void>) {
    const sandbox = keeper.opened()
    if (sandbox) void what(sandbox).catch((error: unknown) => lose(error, sandbox))
  }

  const mix = () => mixOf([...keys(), ...state.leaving], state)
  const tellMix = () => tell((sandbox) => sandbox.mix(mix()))

  /** Takes note of what became of sources; answers those that do not play. */
  function takeNote(sources: Source[], { loaded, at }: Taken): Map<string, Problem> {
    const { failed, ...rest } = afterLoading(state, loaded)
    const plays = new Set(loaded.flatMap(({ key, problem }) => (problem ? [] : [key])))
    for (const { key, code } of sources) if (plays.has(key)) signals.load(key, { code, at })
    change(rest)
    return failed
  }

  async function begin(playable: Playable, { at = "now", from = 0, quiet = false }: PlayOptions = {}): Promise<void> {
    const asked = ++turn
    const wanted = keysOf(playable)
    const waits = state.phase === "playing" && at === "cycle"
    const heardBefore = state.phase === "playing" ? keys().filter((key) => !state.stopped.has(key)) : []
    const passes = waits ? passing(state, keys(), wanted) : settled
    sameSections = playable.id === state.playable?.id
    ending = false
    clearTimeout(landing)
    change({
      playable,
      phase: waits ? "playing" : "starting",
      landing: undefined,
      ...(waits && sameSections ? { target: from } : { section: from, target: undefined }),
      ...passes,
      ...switches(passes, wanted),
      problems: new Map(),
      stopped: new Set(),
      ...(waits ? {} : { heard: new Set() }),
      trouble: undefined,
    })
    asking++
    try {
      const sandbox = await keeper.open()
      if (asked !== turn) return
      const sources = sourcesOf(playable.clips)
      const mixed = sandbox.mix(mix())
      const tempo = sandbox.tempo(state.factor)
      const taken = await sandbox.play({ sources, plan: playable.plan, at, from })
      await Promise.all([mixed, tempo])
      if (asked !== turn) return
      const failed = takeNote(sources, taken)
      if (!quiet) notices.failed(failed)
      // Of a clip that fails, what played under its key before plays on.
      const failedKeys = [...failed.keys()].filter((key) => !heardBefore.includes(key))
      if (failedKeys.length === sources.length) {
        tell((open) => open.stop())
        return rest()
      }
      change({ phase: "playing", stopped: new Set(failedKeys) })
      if (waits) land(taken.at)
      else sectionsFrom = taken.at
    } catch (error) {
      if (asked === turn) lose(error)
    } finally {
      asking--
    }
  }

  async function play(playable: Playable, options?: PlayOptions): Promise<void> {
    before = undefined
    await begin(playable, options)
  }

  async function stop(): Promise<void> {
    turn++
    before = undefined
    if (state.phase === "silent") return
    rest()
    const sandbox = keeper.opened()
    await sandbox?.stop().catch((error: unknown) => lose(error, sandbox))
  }

  async function resume(): Promise<void> {
    if (state.playable) await play(state.playable)
  }

  /** Silence from the next cycle on, in which what was heard rings out. */
  async function endOnCycle(): Promise<void> {
    const sandbox = keeper.opened()
    if (!sandbox || state.phase !== "playing") return stop()
    const asked = ++turn
    ending = true
    sameSections = false
    change({ target: undefined, ...passing(state, keys(), []) })
    asking++
    try {
      const plan = silentPlan(state.cps / state.factor)
      const { at } = await sandbox.play({ sources: [], plan, at: "cycle", from: 0 })
      if (asked === turn) land(at)
    } catch (error) {
      if (asked === turn) lose(error, sandbox)
    } finally {
      asking--
    }
  }

  /** Gives what plays other clips from the next cycle on; those that stay go on. Answers the ones that do not play. */
  async function rearrange(playable: Playable, changed: PlayableClip[]): Promise<Map<string, Problem> | undefined> {
    const sandbox = keeper.opened()
    if (!sandbox || state.phase !== "playing" || ending) {
      await begin(playable, { at: "cycle", from: sectionToCome(state) })
      return undefined
    }
    const asked = turn
    const passes = passing(state, keys(), keysOf(playable))
    change({ playable, ...passes, ...switches(passes, keysOf(playable)) })
    tellMix()
    try {
      const sources = sourcesOf(changed)
      const taken = await sandbox.update(sources, playable.plan)
      if (asked !== turn) return undefined
      const failed = takeNote(sources, taken)
      land(taken.at)
      return failed
    } catch (error) {
      // A stop that overtakes it makes it fail, and is no loss.
      if (asked === turn) lose(error, sandbox)
      return undefined
    }
  }

  /** Gives a clip that plays other code, from the next cycle on; undefined where it does not play. */
  async function update(clip: PlayableClip): Promise<Loaded | undefined> {
    const { playable, phase } = state
    const sandbox = keeper.opened()
    if (!sandbox || !playable || phase !== "playing" || !keys().includes(clip.key)) return undefined
    const next = withCode(playable, clip)
    if (ending) {
      await begin(next, { at: "cycle" })
      return undefined
    }
    const asked = turn
    try {
      const sources = sourcesOf([clip])
      const taken = await sandbox.update(sources, next.plan)
      if (asked !== turn) return undefined
      const loaded = taken.loaded.find(({ key }) => key === clip.key)
      const failed = takeNote(sources, taken).size > 0
      const after = failed || !loaded ? state.playable : withCode(state.playable ?? playable, clipAsHeard(clip, loaded))
      // The tempo of code that fails, or that only running it tells.
      if (after && !isSamePlan(after.plan, next.plan)) await sandbox.update([], after.plan)
      if (asked !== turn) return undefined
      change({ playable: after })
      if (!failed) land(taken.at)
      return loaded
    } catch (error) {
      if (asked === turn) lose(error, sandbox)
      return undefined
    }
  }

  /** Puts one more clip to what plays, or plays it alone where nothing does. */
  async function add(clip: PlayableClip): Promise<void> {
    before = undefined
    const { playable, phase } = state
    if (!playable || phase === "silent" || ending) {
      return begin(playableOfClip(clip, `clip:${clip.key}`), { at: ending ? "cycle" : "now" })
    }
    const isNew = !keys().includes(clip.key)
    const next = withClip(playable, clip)
    const failed = await rearrange(next, [clip])
    if (!failed?.has(clip.key)) return
    notices.failed(failed)
    const left = state.playable === next ? playable : state.playable && withoutClip(state.playable, clip.key)
    if (isNew && left) await rearrange(left, [])
  }

  async function remove(key: string): Promise<void> {
    const { playable, phase } = state
    if (!playable || ending || !keys().includes(key)) return
    const left = withoutClip(playable, key)
    if (!left) await endOnCycle()
    else if (phase === "silent") change({ playable: left })
    else await rearrange(left, [])
  }

  async function goTo(index: number): Promise<void> {
    const { playable, phase } = state
    const last = (playable?.plan.sections.length ?? 0) - 1
    if (playable && index >= 0 && index <= last)
      await play(playable, { at: phase === "playing" ? "cycle" : "now", from: index, quiet: true })
  }

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    signals,
    /** Opens the sandbox ahead of time. */
    warm: () => void keeper.open().catch(() => {}),
    /** Runs the code of what is likely to be played next, so that a press is heard at once. Rejects as the sandbox does. */
    async prepare({ clips }: Playable): Promise<void> {
      if (clips.length <= mostPrepared) await (await keeper.open()).prepare(sourcesOf(clips))
    },
    play,
    stop,
    /** Plays what played last from its beginning. */
    resume,
    update,
    add,
    remove,
    /** Goes on with another section of what plays, on the next cycle. */
    goTo,
    next: () => goTo(sectionToCome(state) + 1),
    previous: () => goTo(sectionToCome(state) - 1),
    /** Plays something until `endPreview`, which goes on with what played before. */
    async preview(playable: Playable): Promise<void> {
      before ??= { playable: state.phase === "silent" ? undefined : state.playable, section: sectionToCome(state) }
      await begin(playable)
    },
    async endPreview(): Promise<void> {
      const back = before
      before = undefined
      if (!back) return
      await (back.playable ? begin(back.playable, { from: back.section }) : stop())
    },
    ...createFaders({ state: () => state, change, tell, tellMix, settings, notices, moved }),
    /** What code plays, without playing it. Rejects with `SandboxFailed`. */
    analyse: async (options: Parameters<Sandbox["analyse"]>[0]) => (await keeper.open()).analyse(options),
    /** The sound of what plays, faster than it plays. Rejects with `SandboxFailed`, or as its signal says. */
    render: async (options: Parameters<Sandbox["render"]>[0]) => (await keeper.open()).render(options),
    /** The sounds that clips need and where they come from. Rejects with `SandboxFailed`. */
    soundsOf: async (clips: PlayableClip[]) => readSounds(await keeper.open(), clips),
  }
}

export type Player = ReturnType<typeof createPlayer>
