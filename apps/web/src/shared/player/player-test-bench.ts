import { withNearestName } from "@strudel-agent/reference/unknown-name"
import { type Evaluated, type Sandbox, SandboxFailed, type SandboxOptions } from "@strudel-agent/sandbox/host"
import type { Event, Mix, Plan, Problem, SoundState, Source } from "@strudel-agent/sandbox/protocol"
import { createStore } from "zustand/vanilla"
import { type Playable, type PlayableClip, playableClip, playableOfClip } from "./playable.ts"
import { createPlayer } from "./player.ts"
import type { PlayerSettings } from "./player-settings.ts"
import { initialState, type PlayerState } from "./player-state.ts"

export const fault: Problem = { stage: "parse", message: "Unexpected token", line: 3, column: 1 }

/** The other end: it takes what it is told, a cycle later where that is asked, and answers as the protocol says. */
function createStandIn() {
  const commands: { sources: string[]; plan?: Plan | undefined; at?: string; from?: number }[] = []
  const state = {
    ...{ mix: undefined as Mix | undefined, factor: 1, network: false },
    ...{
      stops: [] as string[],
      slid: [] as { key: string; from: number; value: number }[],
      opened: 0,
      prepared: [] as string[][],
    },
  }
  let options: SandboxOptions | undefined
  let broken = false
  /** The keys under which something plays. */
  const playing = new Set<string>()
  const send = (event: Event) => options?.onEvent(event)
  let waiting: ReturnType<typeof setTimeout> | undefined
  const take = (change: number, sources: Source[], later: boolean): Evaluated => {
    if (broken) throw new SandboxFailed("frozen")
    const loaded = sources.map(({ key, code }) => {
      const invented = /\.(\w+nn)\(/.exec(code)?.[1]
      const found = invented ? { ...fault, message: `${invented} is not a function` } : fault
      const problem = code.includes("broken") ? found : null
      if (!problem) playing.add(key)
      return { key, cps: 0.5, cpsSet: false, problem, plays: playing.has(key) }
    })
    const arrive = () => send({ type: "arrived", change })
    clearTimeout(waiting)
    if (loaded.length > 0 && playing.size === 0) send({ type: "silent", change, because: "diagnostic" })
    else if (later) waiting = setTimeout(arrive, 2000)
    else arrive()
    return { loaded, cycle: 1, at: Date.now() + (later ? 2000 : 0) }
  }
  return {
    commands,
    state,
    send,
    fetchSample: (url: string) => options?.fetchSample?.(url, new AbortController().signal),
    breakDown() {
      broken = true
    },
    mend() {
      broken = false
    },
    async open(given: SandboxOptions): Promise<Sandbox> {
      options = given
      state.opened++
      return {
        async prepare(sources) {
          state.prepared.push(sources.map(({ code }) => code))
        },
        async play({ change, sources, plan, at = "now", from = 0 }) {
          commands.push({ sources: sources.map(({ code }) => code), plan, at, from })
          return take(change, sources, at === "cycle")
        },
        async update({ change, sources, plan }) {
          commands.push({ sources: sources.map(({ code }) => code), plan })
          return take(change, sources, true)
        },
        async stop({ change, at = "now" }) {
          state.stops.push(at)
          playing.clear()
          clearTimeout(waiting)
          const end = () => send({ type: "silent", change, because: "stopped" })
          if (at === "cycle") waiting = setTimeout(end, 2000)
          else end()
        },
        async tempo(factor) {
          state.factor = factor
        },
        async slide(slider) {
          state.slid.push(slider)
        },
        draw: async () => ({ now: null, haps: null, signals: [] }),
        async mix(mix) {
          state.mix = mix
        },
        analyse: () => Promise.reject(new SandboxFailed("refused", "not asked for here")),
        render: () => Promise.reject(new SandboxFailed("refused", "not asked for here")),
        sounds: async () => [],
        async network(allowed) {
          state.network = allowed
        },
        close() {},
      }
    },
  }
}

export function setUp(settings: PlayerSettings = { volume: 0.5, network: false, matched: false }) {
  const sandbox = createStandIn()
  const toasts: { text: string; action: { name: string; run: () => void } | undefined }[] = []
  const store = createStore<PlayerState>()(() => initialState)
  const written: PlayerSettings[] = []
  const player = createPlayer({
    store,
    open: sandbox.open,
    fetchSample: async () => new Response("sample"),
    settings: {
      read: () => settings,
      write: ({ volume, network, matched }) => written.push({ volume, network, matched }),
    },
    explain: async (problem) => withNearestName(problem),
    notify: (text, action) => void toasts.push({ text, action }),
  })
  return { sandbox, toasts, written, player }
}

export const clip = (id: string, code = `s("${id}")`, metadata = {}) =>
  playableClip({ projectId: "p", id, name: id, code, metadata })
/** The same, measured to be so loud, with peaks far below full scale. */
export const measured = (id: string, loudness: number, code?: string): PlayableClip => ({
  ...clip(id, code),
  level: { loudness, peak: -30 },
})
export const single = (id: string, code?: string, metadata?: object): Playable =>
  playableOfClip(clip(id, code, metadata), `clip:p/${id}`)

export const song: Playable = {
  id: "song:p/s",
  name: "Song",
  projectId: "p",
  href: undefined,
  clips: [clip("a"), clip("b")],
  plan: {
    sections: ["one", "two", "three"].map((id) => ({
      ...{ id, cycles: 4, cps: null },
      clips: [{ key: "p/a", tempo: "match" }],
    })),
    loop: false,
    align: "section",
  },
  tempo: "clips",
  sectionNames: ["One", "Two", "Three"],
  sectionTempos: [],
}

export const sound = (name: string, from: SoundState["from"]): SoundState => ({
  ...{ name, from, by: null, source: null, samples: 0, loading: false, why: null },
})
