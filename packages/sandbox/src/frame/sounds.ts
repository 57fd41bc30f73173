import { getSampleInfo, getSound, registerSampleSource, type SampleBank } from "superdough/index.mjs"
import { kitAddresses, kitNames } from "../kit/kit.ts"
import type { SoundState } from "../protocol.ts"
import type { Network } from "./network.ts"
import { replacementOf } from "./replacements.ts"
import type { SampleFiles } from "./sample-files.ts"
import { type KnownSound, keyOf, type MapRequest, readMap, readUsualMaps, type SoundMap } from "./sample-maps.ts"

export type Controls = Record<string, unknown>

interface Found {
  from: "synth" | "kit" | "clip" | "network"
  /** As superdough knows it. */
  registered: string
  sound: KnownSound | null
}

/** Sounds that clips bring along; each set of clips has its own. */
export type OwnSounds = SoundMap

/** Finds what an event is heard with: what the clip brings, what is computed, what the network has, or a replacement. */
export class Sounds {
  #network: Network
  #files: SampleFiles
  #tell: (state: SoundState) => void
  #told = new Map<string, string>()
  #usual: { sounds: SoundMap; failed: string[] } | null = null
  #reading: Promise<void> | null = null
  #readAgainAt = 0
  /** Maps of clips by how they were asked for. */
  #maps = new Map<string, SoundMap>()
  #registered = new Map<SampleBank, string>()
  context: BaseAudioContext | null = null
  /** Whether each event is ready before the next is begun, as where nothing has to be heard at once. */
  waits = false

  constructor(options: { network: Network; files: SampleFiles; tell: (state: SoundState) => void }) {
    this.#network = options.network
    this.#files = options.files
    this.#tell = options.tell
  }

  /** Reads the maps that clips ask for; what cannot be had is told by `warn`. */
  async own(requests: MapRequest[], warn: (message: string) => void): Promise<OwnSounds> {
    for (const request of requests) {
      try {
        const name = JSON.stringify(request)
        if (!this.#maps.has(name)) this.#maps.set(name, await readMap(request))
      } catch (error) {
        const source = typeof request.map === "string" ? request.map : "its samples"
        warn(`${source} could not be loaded: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    return this.ownKnown(requests)
  }

  /** As far as they have been read before. */
  ownKnown(requests: MapRequest[]): OwnSounds {
    return new Map(requests.flatMap((request) => [...(this.#maps.get(JSON.stringify(request)) ?? [])]))
  }

  /** Controls as superdough is to get them: the sound that is there under its registered name; null is silence. */
  prepare(controls: Controls, own: OwnSounds): Controls | null {
    const { s = "triangle", bank, ...rest } = controls
    if (typeof s !== "string" || ["-", "~", "_"].includes(s)) return null
    const name = nameOf(s, bank)
    const found = this.#find(name, own)
    const heard = found && this.#isReady(found, controls) ? found.registered : null
    if (found && heard !== null) {
      this.#say(name, own)
      return { ...rest, ...this.#impulse(rest, own), s: heard }
    }
    this.#say(name, own)
    const { n: _n, ...kept } = rest
    const by = replacementOf(name, isPitched(controls))
    const replaced = "drum" in by ? this.#drum(by.drum) : by.synth
    return { ...kept, ...this.#impulse(rest, own), s: replaced }
  }

  /** Begins to load what a clip is about to play; resolves when the drums among it are there. */
  async warm(names: string[], own: OwnSounds): Promise<void> {
    const context = this.context
    if (!context) return
    const loads = names.flatMap((name) => {
      const found = this.#find(keyOf(name), own)
      const by = found ?? this.#find(drumOf(name) ?? "", new Map())
      if (by?.from !== "kit" || !by.sound || !Array.isArray(by.sound.bank)) return []
      return by.sound.bank.slice(0, 1).map((url) => this.#files.load(url, context))
    })
    await Promise.allSettled(loads)
  }

  /** Resolves when nothing is being loaded. */
  async settled(): Promise<void> {
    await this.#reading
    await this.#files.settled()
  }

  /** Where sounds come from, after what is known of the network has been read. */
  async states(names: string[], own: OwnSounds): Promise<SoundState[]> {
    if (names.some((name) => !this.#find(keyOf(name), own))) await this.#readUsual()
    return names.map((name) => this.#stateOf(keyOf(name), own, name))
  }

  #find(name: string, own: OwnSounds): Found | null {
    const clip = own.get(name)
    if (clip) return { from: "clip", registered: this.#register(name, clip.bank), sound: clip }
    if (kitNames.includes(name)) {
      return { from: "kit", registered: this.#drum(name), sound: { bank: kitAddresses(name) ?? [], source: "kit" } }
    }
    if (getSound(name)) return { from: "synth", registered: name, sound: null }
    const usual = this.#usual?.sounds.get(name)
    if (usual) return { from: "network", registered: this.#register(name, usual.bank), sound: usual }
    return null
  }

  #drum(name: string): string {
    const registered = `kit/${name}`
    if (!getSound(registered)) registerSampleSource(registered, kitAddresses(name) ?? [])
    return registered
  }

  #register(name: string, bank: SampleBank): string {
    const known = this.#registered.get(bank)
    if (known) return known
    // superdough takes what begins with wt_ for a wavetable.
    const registered = `${name}/${this.#registered.size}`
    registerSampleSource(registered, bank)
    this.#registered.set(bank, registered)
    return registered
  }

  /** Whether a sound can be heard right now; if not, what is needed begins to load. */
  #isReady({ from, sound }: Found, controls: Controls): boolean {
    if (from === "synth" || from === "kit" || !sound) return true
    const url = addressOf(controls, sound.bank)
    if (url === null) return false
    if (this.#files.isThere(url)) return true
    const context = this.context
    if (context && this.#files.problem(url) === null) {
      this.#files.load(url, context).catch(() => {})
    }
    return false
  }

  /** The room that a sample gives to the reverb; left out until it is there. */
  #impulse({ ir }: Controls, own: OwnSounds): Controls {
    if (typeof ir !== "string") return ir === undefined ? {} : { ir: undefined }
    const found = this.#find(keyOf(ir), own)
    return { ir: found?.sound && this.#isReady(found, { s: ir }) ? found.registered : undefined }
  }

  #stateOf(name: string, own: OwnSounds, asked = name): SoundState {
    const found = this.#find(name, own)
    const { sound } = found ?? { sound: null }
    const url = sound && addressOf({ s: name }, sound.bank)
    const samples = sound ? Object.values(sound.bank).flat().length : 0
    const about = { name: asked, source: sound?.source ?? null, samples }
    if (found && (found.from === "synth" || found.from === "kit")) {
      return { ...about, from: found.from, by: null, loading: false, why: null }
    }
    if (found && url && this.#files.isThere(url)) {
      return { ...about, from: found.from, by: null, loading: false, why: null }
    }
    const by = replacementOf(name, false)
    const loading = url ? this.#files.isLoading(url) : this.#reading !== null
    const why = url ? this.#files.problem(url) : this.#whyUnknown()
    return { ...about, from: "replaced", by: "drum" in by ? by.drum : by.synth, loading, why }
  }

  #whyUnknown(): string | null {
    if (!this.#network.allowed) return "The network is switched off"
    if (!this.#usual) return null
    return this.#usual.failed.length > 0 ? "The network cannot be reached" : "No map of samples has this name"
  }

  /** Says where a sound comes from, once until that changes. */
  #say(name: string, own: OwnSounds) {
    if (!this.#find(name, own)) this.#readUsual().catch(() => {})
    const state = this.#stateOf(name, own)
    const said = `${state.from} ${state.loading} ${state.why}`
    if (this.#told.get(name) === said) return
    this.#told.set(name, said)
    if (state.from !== "synth" && state.from !== "kit") this.#tell(state)
  }

  #readUsual(): Promise<void> {
    const complete = this.#usual !== null && this.#usual.failed.length === 0
    if (complete || !this.#network.allowed || performance.now() < this.#readAgainAt) return Promise.resolve()
    this.#reading ??= readUsualMaps().then((usual) => {
      this.#usual = usual
      this.#reading = null
      this.#readAgainAt = performance.now() + 60_000
      this.#told.clear()
    })
    return this.#reading
  }
}

const nameOf = (s: string, bank: unknown) => keyOf(typeof bank === "string" && bank ? `${bank}_${s}` : s)
const isPitched = ({ note, freq }: Controls) => note !== undefined || freq !== undefined

function drumOf(name: string): string | null {
  const by = replacementOf(name, false)
  return "drum" in by ? by.drum : null
}

function addressOf(controls: Controls, bank: SampleBank): string | null {
  try {
    return getSampleInfo(controls, bank).url ?? null
  } catch {
    return null
  }
}
