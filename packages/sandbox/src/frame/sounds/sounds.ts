import { getLoadedBuffer, getSampleInfo, getSound, registerSampleSource, type SampleBank } from "superdough/index.mjs"
import { kitAddresses, kitNames } from "../../kit/kit.ts"
import type { Event, SoundState } from "../../protocol.ts"
import { isComputable, processorsRun, whyNoProcessors, withoutProcessors } from "../mixing/processors.ts"
import { fontAddresses, fontsHome } from "./font-addresses.ts"
import type { Network } from "./network.ts"
import { nameOfReplacement, replacementOf } from "./replacements.ts"
import type { SampleFiles } from "./sample-files.ts"
import { type KnownSound, keyOf, type MapRequest, readMap, readUsualMaps, type SoundMap } from "./sample-maps.ts"
import { registerSoundfont } from "./soundfonts.ts"

export type Controls = Record<string, unknown>

interface Found {
  from: "synth" | "kit" | "clip" | "network"
  /** As superdough knows it. */
  registered: string
  sound: KnownSound | null
}

/** Sounds that are remembered as wanted; a clip may make up any number of names. */
const mostNames = 2_000

/** What events have asked of a sound: each may want another of its files. */
interface Wanted {
  bank: SampleBank | null
  /** Empty for one that the bank does not have. */
  addresses: Set<string>
  pitched: boolean
}

/** Sounds that clips bring along; each set of clips has its own. */
export type OwnSounds = SoundMap

/** Finds what an event is heard with: what the clip brings, what is computed, what the network has, or a replacement. */
export class Sounds {
  #network: Network
  #files: SampleFiles
  #emit: (event: Event) => void
  /** Effects that were reported as unsupported. */
  #unsupported = new Set<string>()
  #reported = new Map<string, string>()
  #usual: { sounds: SoundMap; failed: string[] } | null = null
  #reading: Promise<void> | null = null
  #readAgainAt = 0
  /** Maps of clips by how they were asked for. */
  #maps = new Map<string, SoundMap>()
  #registered = new Map<SampleBank, string>()
  /** By the name of a sound, since its clips began. */
  #wanted = new Map<string, Wanted>()
  context: BaseAudioContext | null = null
  /** Whether each event is ready before the next is begun, as where nothing has to be heard at once. */
  waits = false

  constructor(options: {
    network: Network
    files: SampleFiles
    /** Takes where sounds come from, and effects that cannot be heard here, each once. */
    emit: (event: Event) => void
  }) {
    this.#network = options.network
    this.#files = options.files
    this.#emit = options.emit
  }

  /** Reads the maps that clips ask for; what clips play of one that cannot be had is reported as replaced or missing. */
  async own(requests: MapRequest[]): Promise<OwnSounds> {
    for (const request of requests) {
      const name = JSON.stringify(request)
      const map = this.#maps.get(name) ?? (await readMap(request).catch(() => null))
      if (map) this.#maps.set(name, map)
    }
    return this.ownKnown(requests)
  }

  /** As far as they have been read before. */
  ownKnown(requests: MapRequest[]): OwnSounds {
    return new Map(requests.flatMap((request) => [...(this.#maps.get(JSON.stringify(request)) ?? [])]))
  }

  /** Controls as superdough is to get them: the sound that is there under its registered name; null is silence. */
  prepare(asked: Controls, own: OwnSounds): Controls | null {
    const controls = this.#playable(asked)
    const { s = "triangle", bank, ...rest } = controls
    if (typeof s !== "string" || ["-", "~", "_"].includes(s)) return null
    const name = nameOf(s, bank)
    const found = this.#find(name, own)
    const isReady = found !== null && this.#isReady(found, controls)
    this.#want(name, { found, controls })
    this.#report(name, own)
    if (isReady) return { ...rest, ...this.#impulse(rest, own), s: found.registered }
    const { n: _n, ...kept } = rest
    const by = replacementOf(name, isPitched(controls))
    const replaced = "drum" in by ? this.#drum(by.drum) : by.synth
    return { ...kept, ...this.#impulse(rest, own), s: replaced }
  }

  /** The seconds of the sample that prepared controls play; 0 for a computed sound. */
  secondsOf(controls: Controls): number {
    const samples = typeof controls.s === "string" ? getSound(controls.s)?.data.samples : undefined
    const url = samples && addressOf(controls, samples)
    return (url && getLoadedBuffer(url)?.duration) || 0
  }

  /** Controls without effects that cannot be heard here, which is reported. */
  #playable(controls: Controls): Controls {
    if (processorsRun()) return controls
    const { controls: playable, left } = withoutProcessors(controls)
    const effects = left.filter((name) => !this.#unsupported.has(name))
    for (const name of effects) this.#unsupported.add(name)
    if (effects.length > 0) this.#emit({ type: "limited", limit: { kind: "unsupported", effects } })
    return playable
  }

  /** Notes which file an event plays. */
  #want(name: string, { found, controls }: { found: Found | null; controls: Controls }) {
    const bank = found?.sound?.bank ?? null
    const known = this.#wanted.get(name)
    const addresses = known?.bank === bank ? known.addresses : new Set<string>()
    if (bank) addresses.add(addressOf(controls, bank) ?? "")
    if (!known && this.#wanted.size >= mostNames) this.#wanted.clear()
    this.#wanted.set(name, { bank, addresses, pitched: isPitched(controls) })
  }

  /** Begins to load what a clip is about to play; resolves when the drums among it are there. */
  async warm(names: string[], own: OwnSounds): Promise<void> {
    for (const name of names) this.#wanted.delete(keyOf(name))
    await this.loadDrums(names, own)
  }

  /** Resolves when the drums among these are there, where anything can be heard yet. */
  async loadDrums(names: string[], own: OwnSounds): Promise<void> {
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
    const fonts = fontAddresses(name)
    if (fonts)
      return { from: "network", registered: this.#font(name, fonts), sound: { bank: fonts, source: fontsHome } }
    const usual = this.#usual?.sounds.get(name)
    if (usual) return { from: "network", registered: this.#register(name, usual.bank), sound: usual }
    return null
  }

  #drum(name: string): string {
    const registered = `kit/${name}`
    if (!getSound(registered)) registerSampleSource(registered, kitAddresses(name) ?? [])
    return registered
  }

  #font(name: string, fonts: string[]): string {
    const registered = `font/${name}`
    if (!getSound(registered)) {
      registerSoundfont(registered, (controls) => this.#files.fontOf(addressOf(controls, fonts) ?? ""))
    }
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
  #isReady({ from, sound, registered }: Found, controls: Controls): boolean {
    if (!isComputable(registered)) return false
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
    const samples = sound ? Object.values(sound.bank).flat().length : 0
    const about = { name: asked, source: sound?.source ?? null, samples }
    const { missing, pitched } = this.#missingOf(name, sound)
    if (found && !isComputable(found.registered)) {
      const by = replacementOf(name, pitched)
      return { ...about, from: "replaced", by: nameOfReplacement(by), loading: false, why: whyNoProcessors }
    }
    if (found && (found.from === "synth" || found.from === "kit" || missing.length === 0)) {
      return { ...about, from: found.from, by: null, loading: false, why: null }
    }
    const by = replacementOf(name, pitched)
    const loading = sound ? missing.some((url) => this.#files.isLoading(url)) : this.#reading !== null
    const isKnown = sound !== null && !missing.includes("")
    const why = isKnown ? (missing.map((url) => this.#files.problem(url)).find(Boolean) ?? null) : this.#whyUnknown()
    return { ...about, from: "replaced", by: nameOfReplacement(by), loading, why }
  }

  /** The files that are played of a sound and are not there; of one that nothing plays yet, its first. */
  #missingOf(name: string, sound: KnownSound | null): { missing: string[]; pitched: boolean } {
    if (!sound) return { missing: [], pitched: this.#wanted.get(name)?.pitched ?? false }
    const wanted = this.#wanted.get(name)
    const addresses = wanted?.bank === sound.bank ? [...wanted.addresses] : [addressOf({ s: name }, sound.bank) ?? ""]
    return { missing: addresses.filter((url) => !this.#files.isThere(url)), pitched: wanted?.pitched ?? false }
  }

  #whyUnknown(): string | null {
    if (!this.#network.allowed) return "The network is switched off"
    if (!this.#usual) return null
    return this.#usual.failed.length > 0 ? "The network cannot be reached" : "No map of samples has this name"
  }

  /** Reports where a sound comes from, once until that changes. */
  #report(name: string, own: OwnSounds) {
    if (!this.#find(name, own)) this.#readUsual().catch(() => {})
    const state = this.#stateOf(name, own)
    const about = `${state.from} ${state.loading} ${state.why}`
    if (this.#reported.get(name) === about) return
    if (this.#reported.size >= mostNames) this.#reported.clear()
    this.#reported.set(name, about)
    if (state.from !== "synth" && state.from !== "kit") this.#emit({ type: "sound", sound: state })
  }

  #readUsual(): Promise<void> {
    const complete = this.#usual !== null && this.#usual.failed.length === 0
    if (complete || !this.#network.allowed || performance.now() < this.#readAgainAt) return Promise.resolve()
    this.#reading ??= readUsualMaps().then((usual) => {
      this.#usual = usual
      this.#reading = null
      this.#readAgainAt = performance.now() + 60_000
      this.#reported.clear()
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
