import type { FetchSample, Sandbox, SandboxOptions, Taken } from "@strudel-agent/sandbox/host"
import type { Event, Loaded, Problem, Source } from "@strudel-agent/sandbox/protocol"
import { among, mixOf, toggled } from "./mix.ts"
import { createNotices, type Say } from "./notices.ts"
import { type Playable, type PlayableClip, playableOfClip, sourcesOf, withClip, withoutClip } from "./playable.ts"
import { createSignals } from "./player-signals.ts"
import { asFactor, bpmOf, initialState, type PlayerSettings, type PlayerState } from "./player-state.ts"
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
  /** The moment from which on the tempo that the sandbox tells counts. */
  let settled = 0
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
  const keys = () => state.playable?.clips.map(({ key }) => key) ?? []

  function land(at: number) {
    clearTimeout(landing)
    const wait = at - Date.now()
    if (wait <= 0) return change({ landing: undefined })
    landing = setTimeout(() => change({ landing: undefined }), wait)
    change({ landing: at })
  }

  /** Falls silent, of its own or because it was asked to. */
  function rest(part: Partial<PlayerState> = {}) {
    clearTimeout(landing)
    signals.clear()
    change({ phase: "silent", section: 0, landing: undefined, ...part })
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

  function hear(event: Event) {
    if (event.type === "sounding") {
      const names = event.events.flatMap(({ sound }) => (sound === null || state.heard.has(sound) ? [] : [sound]))
      if (names.length > 0) change({ heard: new Set([...state.heard, ...names]) })
      signals.soundings.send(event.events)
    } else if (event.type === "meter") signals.levels.send(event)
    else if (event.type === "position") {
      if (state.phase !== "playing") return
      // It was put away, and said why just before.
      if (!event.position.playing && complaint !== undefined) return lose(new Error(complaint))
      signals.place(event.position)
      const { index } = event.position
      // What was told before the sandbox heard of another factor would turn the tempo back for a moment.
      const cps = Date.now() < settled ? state.cps : event.position.cps
      if (index !== state.section || cps !== state.cps) change({ section: index, cps })
    } else if (event.type === "problem") {
      change({ problems: new Map(state.problems).set(event.key, event.problem) })
      notices.stopped(event.key, event.problem)
    } else if (event.type === "sound") {
      change({ sounds: new Map(state.sounds).set(event.sound.name, event.sound) })
      notices.sound(event.sound)
    } else if (event.type === "log" && event.level === "error") {
      complaint = `${event.message.replace(/\.$/, "")}.`
      setTimeout(() => {
        complaint = undefined
      })
    } else if (event.type === "ended") {
      turn++
      rest()
    }
  }

  /** Tells the sandbox something, if there is one. */
  function tell(what: (sandbox: Sandbox) => Promise<void>) {
    const sandbox = keeper.opened()
    if (sandbox) void what(sandbox).catch((error: unknown) => lose(error, sandbox))
  }

  const tellMix = () => tell((sandbox) => sandbox.mix(mixOf(keys(), state)))

  /** Takes note of what became of sources; answers those that do not play. */
  function takeNote(sources: Source[], taken: Taken): Map<string, Problem> {
    const problems = new Map(state.problems)
    const failed = new Map<string, Problem>()
    for (const { key, problem } of taken.loaded) {
      const code = sources.find((source) => source.key === key)?.code
      if (problem) failed.set(key, problem)
      else if (code !== undefined) signals.load(key, { code, at: taken.at })
      if (problem) problems.set(key, problem)
      else problems.delete(key)
    }
    change({ problems })
    return failed
  }

  async function play(playable: Playable, { at = "now", from = 0, quiet = false }: PlayOptions = {}): Promise<void> {
    const asked = ++turn
    const present = playable.clips.map(({ key }) => key)
    const wasPlaying = state.phase === "playing"
    const playsOn = wasPlaying && keys().some((key) => present.includes(key))
    change({
      playable,
      phase: wasPlaying && at === "cycle" ? "playing" : "starting",
      muted: among(state.muted, present),
      soloed: among(state.soloed, present),
      problems: new Map(),
      ...(state.phase === "silent" || at === "now" ? { heard: new Set() } : {}),
      trouble: undefined,
    })
    try {
      const sandbox = await keeper.open()
      if (asked !== turn) return
      const sources = sourcesOf(playable.clips)
      const mixed = sandbox.mix(mixOf(present, state))
      const tempo = sandbox.tempo(state.factor)
      const taken = await sandbox.play({ sources, plan: playable.plan, at, from })
      await Promise.all([mixed, tempo])
      if (asked !== turn) return
      const failed = takeNote(sources, taken)
      if (!quiet) notices.failed(failed)
      if (failed.size === sources.length && !playsOn) {
        tell((open) => open.stop())
        return rest()
      }
      change({ phase: "playing", section: from })
      if (at === "cycle") land(taken.at)
    } catch (error) {
      if (asked === turn) lose(error)
    }
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

  /** Gives a clip that plays other code, from the next cycle on; undefined where it does not play. */
  async function update(key: string, code: string): Promise<Loaded | undefined> {
    const { playable, phase } = state
    const sandbox = keeper.opened()
    if (!sandbox || !playable || phase !== "playing" || !keys().includes(key)) return undefined
    const asked = turn
    try {
      const sources = [{ key, code }]
      const taken = await sandbox.update(sources)
      if (asked !== turn) return undefined
      const failed = takeNote(sources, taken)
      if (failed.size === 0 && state.playable) {
        const clips = state.playable.clips.map((clip) => (clip.key === key ? { ...clip, code } : clip))
        change({ playable: { ...state.playable, clips } })
        land(taken.at)
      }
      return taken.loaded.find((loaded) => loaded.key === key)
    } catch (error) {
      // A stop that overtakes it makes it fail, and is no loss.
      if (asked === turn) lose(error, sandbox)
      return undefined
    }
  }

  /** Puts one more clip to what plays, or plays it alone where nothing does. */
  async function add(clip: PlayableClip): Promise<void> {
    if (!state.playable || state.phase === "silent") return play(playableOfClip(clip, `clip:${clip.key}`))
    await play(withClip(state.playable, clip), { at: "cycle", from: state.section })
  }

  async function remove(key: string): Promise<void> {
    const rest = state.playable && withoutClip(state.playable, key)
    if (!rest) return stop()
    if (state.phase === "silent") change({ playable: rest })
    else await play(rest, { at: "cycle", from: state.section })
  }

  async function goTo(index: number): Promise<void> {
    const { playable, phase } = state
    const last = (playable?.plan.sections.length ?? 0) - 1
    if (playable && index >= 0 && index <= last)
      await play(playable, { at: phase === "playing" ? "cycle" : "now", from: index })
  }

  function setFactor(factor: number) {
    const next = asFactor(factor)
    settled = Date.now() + settling
    change({ factor: next, cps: (state.cps / state.factor) * next })
    tell((sandbox) => sandbox.tempo(next))
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
    play,
    stop,
    /** Plays what played last from its beginning. */
    resume,
    update,
    add,
    remove,
    /** Goes on with another section of what plays, on the next cycle. */
    goTo,
    next: () => goTo(state.section + 1),
    previous: () => goTo(state.section - 1),
    /** Plays something until `endPreview`, which goes on with what played before. */
    async preview(playable: Playable): Promise<void> {
      before ??= { playable: state.phase === "silent" ? undefined : state.playable, section: state.section }
      await play(playable)
    },
    async endPreview(): Promise<void> {
      const back = before
      before = undefined
      if (!back) return
      if (back.playable) await play(back.playable, { from: back.section })
      else await stop()
    },
    setFactor,
    /** Sets the factor so that the tempo is so many beats per minute. */
    setBpm(bpm: number) {
      if (bpm > 0) setFactor((bpm / bpmOf(state)) * state.factor)
    },
    setVolume(volume: number) {
      change({ volume: Math.min(1, Math.max(0, volume)) })
      settings.write(state)
      tellMix()
    },
    toggleMute(key: string) {
      change({ muted: toggled(state.muted, key) })
      tellMix()
    },
    toggleSolo(key: string) {
      change({ soloed: toggled(state.soloed, key) })
      tellMix()
    },
    /** Whether samples may come over the network; what plays takes them up by itself. */
    setNetwork(network: boolean) {
      change({ network, sounds: new Map() })
      settings.write(state)
      if (network) notices.forget()
      tell((sandbox) => sandbox.network(network))
    },
    /** What code plays, without playing it. Rejects with `SandboxFailed`. */
    analyse: async (options: Parameters<Sandbox["analyse"]>[0]) => (await keeper.open()).analyse(options),
    /** The sound of what plays, faster than it plays. Rejects with `SandboxFailed`, or as its signal says. */
    render: async (options: Parameters<Sandbox["render"]>[0]) => (await keeper.open()).render(options),
    /** The sounds that clips need and where they come from. Rejects with `SandboxFailed`. */
    soundsOf: async (clips: PlayableClip[]) => readSounds(await keeper.open(), clips),
  }
}

export type Player = ReturnType<typeof createPlayer>
