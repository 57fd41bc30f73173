import { type FetchSample, type Sandbox, SandboxFailed, type SandboxOptions } from "@strudel-agent/sandbox/host"
import type { Drawn, Loaded, Problem, Source, Wanted } from "@strudel-agent/sandbox/protocol"
import type { StoreApi } from "zustand"
import { gainsIn } from "./match-gains.ts"
import { mixOf } from "./mix.ts"
import {
  isSamePlan,
  mostPrepared,
  type Playable,
  type PlayableClip,
  playableOfClip,
  sourcesOf,
  withClip,
  withCode,
  withoutClip,
} from "./playable.ts"
import { type PlayerEvent, presentKeys, reduce } from "./player-reducer.ts"
import { type PlayerSettings, settingNames } from "./player-settings.ts"
import { createSignals } from "./player-signals.ts"
import { isOn, type PlayerState, sectionToCome } from "./player-state.ts"
import { createReports, type Notify } from "./reports.ts"
import { readSounds } from "./sound-needs.ts"
import { bpmOf } from "./tempo-factor.ts"

export interface PlayerOptions {
  store: StoreApi<PlayerState>
  open(options: SandboxOptions): Promise<Sandbox>
  /** Fetches a file of samples where the network is allowed. */
  fetchSample: FetchSample
  settings: { read(): PlayerSettings; write(settings: PlayerSettings): void }
  notify: Notify
  /** Has a problem say what was probably meant, where it only says what there is not. */
  explain(problem: Problem): Promise<Problem>
}

export interface PlayOptions {
  /** `cycle` waits for the next cycle of what plays. */
  at?: "now" | "cycle"
  /** The index of the section to begin with. */
  from?: number
  /** Whether the place that asks shows itself why something does not play. */
  quiet?: boolean
}

/**
 * The player of a tab: what plays in the one sandbox, and everything that can be done about it. Whatever is asked of it
 * and whatever the sandbox reports is an event, of which `reduce` makes the next state; what else it brings about follows
 * from the state before and after.
 */
export function createPlayer({ store, open, fetchSample, settings, notify, explain }: PlayerOptions) {
  const { getState: state } = store
  const signals = createSignals()
  const nameOf = (key: string) => state().playable?.clips.find((clip) => clip.key === key)?.name ?? key
  const reports = createReports(notify, nameOf)
  let opening: Promise<Sandbox> | undefined
  let sandbox: Sandbox | undefined
  /** The number of the last change that was asked for. */
  let last = 0
  let mixed = ""
  let before: { playable: Playable | undefined; section: number } | undefined
  store.setState(settings.read())

  function dispatch(event: PlayerEvent) {
    const former = state()
    const next = reduce(former, event)
    // Of what was stopped or replaced, the sandbox reports a moment longer where it is.
    if (event.type !== "position" || next.phase === "playing") signals.hear(event)
    if (next !== former) {
      store.setState(next, true)
      follow(former, next)
    }
    reports.hear(event)
    if (event.type === "diagnostic") void tell(event.key, event.problem, "stopped")
  }

  /** Says of a clip why it is not heard, and in the bar, too. */
  async function tell(key: string, problem: Problem, what?: "stopped" | "does not play") {
    const name = nameOf(key)
    const explained = await explain(problem).catch(() => problem)
    if (what) reports.problem(name, explained, what)
    dispatch({ type: "explained", key, problem, explained })
  }

  const reportProblems = (loaded: Loaded[], what?: "does not play") =>
    Promise.all(loaded.map(({ key, problem }) => problem && tell(key, problem, what)))

  /** What a change of the state brings about. */
  function follow(former: PlayerState, next: PlayerState) {
    if (settingNames.some((name) => next[name] !== former[name])) settings.write(next)
    if (next.network && !former.network) reports.forget()
    if (isOn(former) && !isOn(next)) {
      signals.clear()
      if (next.silence?.message) reports.lost(next.silence.message, () => void resume())
    }
    configure(former)
  }

  /** Gives the sandbox the mix, the tempo and the network's switch as they are, where it knows them otherwise. */
  function configure(known?: PlayerState) {
    if (!sandbox) return
    const { factor, network } = state()
    const mix = mixOf(presentKeys(state()), state(), gainsIn(state()))
    const isMixed = known !== undefined && JSON.stringify(mix) === mixed
    mixed = JSON.stringify(mix)
    const commands = [
      network !== known?.network && sandbox.network(network),
      factor !== known?.factor && sandbox.tempo(factor),
      !isMixed && sandbox.mix(mix),
    ]
    // A sandbox that is lost reports that itself.
    for (const command of commands) if (command) command.catch(() => {})
  }

  function openNow(): Promise<Sandbox> {
    opening ??= open({
      fetchSample: async (url, signal) => (state().network ? fetchSample(url, signal) : null),
      onEvent: dispatch,
    }).then(
      (opened) => {
        sandbox = opened
        configure()
        return opened
      },
      (error: unknown) => {
        opening = undefined
        throw error
      },
    )
    return opening
  }

  /** What failed is heard no more, unless a stop overtook it or something else was asked for since. */
  function fail(change: number, error: unknown) {
    const { because, message } = error instanceof SandboxFailed ? error : new SandboxFailed("crashed")
    if (change < state().asked || because === "overtaken") return
    dispatch({ type: "silent", change, because, message })
    if (because === "refused") sandbox?.stop({ change: ++last }).catch(() => {})
  }

  /** Has the sandbox take up clips; undefined where that failed or counts no longer. */
  async function evaluate(
    change: number,
    clips: PlayableClip[],
    run: (sandbox: Sandbox, sources: Source[]) => Promise<{ loaded: Loaded[]; at: number }>,
  ): Promise<Loaded[] | undefined> {
    try {
      const opened = await openNow()
      if (change < state().asked) return undefined
      const sources = sourcesOf(clips)
      const { loaded, at } = await run(opened, sources)
      if (change < state().asked) return undefined
      for (const { key, code } of sources)
        if (loaded.some((each) => each.key === key && !each.problem)) signals.load(key, { code, at })
      return loaded
    } catch (error) {
      fail(change, error)
      return undefined
    }
  }

  async function begin(playable: Playable, { at = "now", from = 0, quiet = false }: PlayOptions = {}): Promise<void> {
    const change = ++last
    dispatch({ type: "play", change, playable, at, from })
    const loaded = await evaluate(change, playable.clips, (opened, sources) =>
      opened.play({ change, sources, plan: playable.plan, at, from }),
    )
    if (!loaded) return
    dispatch({ type: "evaluated", change, loaded })
    await reportProblems(loaded, quiet ? undefined : "does not play")
  }

  async function play(playable: Playable, options?: PlayOptions): Promise<void> {
    before = undefined
    await begin(playable, options)
  }

  async function stop(at: "now" | "cycle" = "now"): Promise<void> {
    if (!isOn(state())) return
    const change = ++last
    dispatch({ type: "stop", change, at })
    await sandbox?.stop({ change, at: isOn(state()) ? at : "now" }).catch(() => {})
  }

  async function resume(): Promise<void> {
    const { playable } = state()
    if (playable) await play(playable)
  }

  const isEnding = () => state().pending?.kind === "stop"

  /** Gives what plays other clips from the next cycle on; those that stay go on. */
  async function rearrange(playable: Playable, changed: PlayableClip[]): Promise<Loaded[] | undefined> {
    if (state().phase !== "playing" || isEnding()) {
      await begin(playable, { at: "cycle", from: sectionToCome(state()) })
      return undefined
    }
    const change = ++last
    dispatch({ type: "rearrange", change, playable })
    const loaded = await evaluate(change, changed, (opened, sources) =>
      opened.update({ change, sources, plan: playable.plan }),
    )
    if (loaded) dispatch({ type: "evaluated", change, loaded })
    return loaded
  }

  /** Gives a clip that plays other code, from the next cycle on; undefined where it does not play. */
  async function update(clip: PlayableClip): Promise<Loaded | undefined> {
    const { playable, phase } = state()
    if (phase !== "playing" || !playable?.clips.some(({ key }) => key === clip.key)) return undefined
    const { plan, ...next } = withCode(playable, clip)
    if (isEnding()) {
      await begin({ ...next, plan }, { at: "cycle" })
      return undefined
    }
    const change = ++last
    const loaded = await evaluate(change, [clip], (opened, sources) => opened.update({ change, sources, plan }))
    if (!loaded) return undefined
    dispatch({ type: "evaluated", change, loaded, clip })
    void reportProblems(loaded)
    const after = state().playable
    // The tempo of code that fails, or that only running it tells.
    if (after && !isSamePlan(after.plan, plan)) {
      const again = ++last
      await evaluate(again, [], (opened) => opened.update({ change: again, sources: [], plan: after.plan }))
    }
    return change < state().asked ? undefined : loaded.find(({ key }) => key === clip.key)
  }

  /** Puts one more clip to what plays, or plays it alone where nothing does. */
  async function add(clip: PlayableClip): Promise<void> {
    before = undefined
    const { playable } = state()
    if (!playable || !isOn(state()) || isEnding()) {
      return begin(playableOfClip(clip, `clip:${clip.key}`), { at: isEnding() ? "cycle" : "now" })
    }
    const next = withClip(playable, clip)
    const loaded = await rearrange(next, [clip])
    if (!loaded?.some(({ problem }) => problem)) return
    await reportProblems(loaded, "does not play")
    const left = state().playable === next ? playable : withoutClip(next, clip.key)
    if (left && !playable.clips.some(({ key }) => key === clip.key)) await rearrange(left, [])
  }

  async function remove(key: string): Promise<void> {
    const { playable } = state()
    if (!playable?.clips.some((clip) => clip.key === key) || isEnding()) return
    const left = withoutClip(playable, key)
    if (!left) await stop("cycle")
    else if (isOn(state())) await rearrange(left, [])
    else dispatch({ type: "edit", playable: left })
  }

  async function goTo(index: number): Promise<void> {
    const { playable } = state()
    if (!playable?.plan.sections[index]) return
    await play(playable, { at: state().phase === "playing" ? "cycle" : "now", from: index, quiet: true })
  }

  return {
    state,
    subscribe: store.subscribe,
    signals,
    /** Opens the sandbox ahead of time. */
    warm: () => void openNow().catch(() => {}),
    /** Runs the code of what is likely to be played next, so that a press is heard at once. Rejects as the sandbox does. */
    async prepare({ clips }: Playable): Promise<void> {
      if (clips.length <= mostPrepared) await (await openNow()).prepare(sourcesOf(clips))
    },
    play,
    async stop(): Promise<void> {
      before = undefined
      await stop()
    },
    /** Plays what played last from its beginning. */
    resume,
    update,
    /** Has a clip that plays be as loud as it was measured to be, where that is of the code that plays. */
    measure: (clip: PlayableClip) => dispatch({ type: "measured", clip }),
    add,
    remove,
    /** Goes on with another section of what plays, on the next cycle. */
    goTo,
    next: () => goTo(sectionToCome(state()) + 1),
    previous: () => goTo(sectionToCome(state()) - 1),
    /** Plays something until `endPreview`, which goes on with what played before. */
    async preview(playable: Playable): Promise<void> {
      before ??= { playable: isOn(state()) ? state().playable : undefined, section: sectionToCome(state()) }
      await begin(playable)
    },
    async endPreview(): Promise<void> {
      const back = before
      before = undefined
      if (back) await (back.playable ? begin(back.playable, { from: back.section }) : stop())
    },
    /** Moves a slider of a clip that plays, by where its value begins in the code that was taken up last. */
    slide(slider: { key: string; from: number; value: number }) {
      if (state().phase === "playing") sandbox?.slide(slider).catch(() => {})
    },
    /** What the visuals in a clip's code draw with; undefined while it does not play. */
    draw: async (wanted: Wanted): Promise<Drawn | undefined> =>
      state().phase === "playing" ? sandbox?.draw(wanted).catch(() => undefined) : undefined,
    setFactor: (factor: number) => dispatch({ type: "factor", factor }),
    /** Sets the factor so that the tempo is so many beats per minute. */
    setBpm(bpm: number) {
      if (bpm > 0) dispatch({ type: "factor", factor: (bpm / bpmOf(state())) * state().factor })
    },
    /** Whether clips that play by themselves are brought to one loudness. */
    setMatched: (matched: boolean) => dispatch({ type: "matched", matched }),
    setVolume: (volume: number) => dispatch({ type: "volume", volume }),
    toggleMute: (key: string) => dispatch({ type: "mute", key }),
    toggleSolo: (key: string) => dispatch({ type: "solo", key }),
    /** Whether samples may come over the network; what plays takes them up by itself. */
    setNetwork: (allowed: boolean) => dispatch({ type: "network", allowed }),
    /** What code plays, without playing it. Rejects with `SandboxFailed`. */
    analyse: async (options: Parameters<Sandbox["analyse"]>[0]) => (await openNow()).analyse(options),
    /** The sound of what plays, faster than it plays. Rejects with `SandboxFailed`, or as its signal says. */
    render: async (options: Parameters<Sandbox["render"]>[0]) => (await openNow()).render(options),
    /** The sounds that clips need and where they come from. Rejects with `SandboxFailed`. */
    soundsOf: async (clips: PlayableClip[]) => readSounds(await openNow(), clips),
  }
}

export type Player = ReturnType<typeof createPlayer>
