import { type Sandbox, SandboxFailed, type SandboxOptions, type Taken } from "@strudel-agent/sandbox/host"
import type { Mix, Plan, Problem, SoundState, Source } from "@strudel-agent/sandbox/protocol"
import { type Playable, playableClip, playableOfClip } from "./playable.ts"
import { createPlayer } from "./player-store.ts"

export const fault: Problem = { stage: "parse", message: "Unexpected token", line: 3, column: 1 }

/** The other end: it takes what it is told, a cycle later where that is asked, and answers as the protocol says. */
function createStage() {
  const told: { sources: string[]; plan?: Plan; at?: string; from?: number }[] = []
  const state = {
    ...{ mix: undefined as Mix | undefined, factor: 1, network: false },
    ...{ stopped: 0, closed: 0, opened: 0, prepared: [] as string[][] },
  }
  let options: SandboxOptions | undefined
  let broken = false
  const take = (sources: Source[], later: boolean): Taken => {
    if (broken) throw new SandboxFailed("The sandbox stopped answering.")
    const problemOf = (code: string) => (code.includes("broken") ? fault : null)
    return {
      loaded: sources.map(({ key, code }) => ({ key, cps: 0.5, cpsSet: false, problem: problemOf(code) })),
      cycle: 1,
      at: Date.now() + (later ? 2000 : 0),
    }
  }
  return {
    told,
    state,
    send: (...[event]: Parameters<SandboxOptions["onEvent"]>) => options?.onEvent(event),
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
        async play({ sources, plan, at = "now", from = 0 }) {
          told.push({ sources: sources.map(({ code }) => code), plan, at, from })
          return take(sources, at === "cycle")
        },
        async update(sources, plan) {
          told.push({ sources: sources.map(({ code }) => code), ...(plan ? { plan } : {}) })
          return take(sources, true)
        },
        async stop() {
          state.stopped++
        },
        async tempo(factor) {
          state.factor = factor
        },
        async mix(mix) {
          state.mix = mix
        },
        analyse: () => Promise.reject(new SandboxFailed("not asked for here")),
        render: () => Promise.reject(new SandboxFailed("not asked for here")),
        sounds: async () => [],
        async network(allowed) {
          state.network = allowed
        },
        close() {
          state.closed++
        },
      }
    },
  }
}

export function setUp(settings = { volume: 0.5, network: false }) {
  const stage = createStage()
  const said: { text: string; kind: string; run: (() => void) | undefined }[] = []
  const written: { volume: number; network: boolean }[] = []
  const player = createPlayer({
    open: stage.open,
    fetchSample: async () => new Response("sample"),
    settings: { read: () => settings, write: ({ volume, network }) => written.push({ volume, network }) },
    say: (text, kind, run) => said.push({ text, kind, run }),
  })
  return { stage, said, written, player }
}

export const clip = (id: string, code = `s("${id}")`, metadata = {}) =>
  playableClip({ projectId: "p", id, name: id, code, metadata })
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
