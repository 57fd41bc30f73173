/** The part of superdough that the sandbox touches; it ships no types of its own. */
declare module "superdough/index.mjs" {
  export type SampleBank = string[] | { [note: string]: string[] }
  export function superdough(
    controls: Record<string, unknown>,
    time: number,
    seconds: number,
    cps: number,
    cycle: number,
  ): Promise<void>
  export function registerSound(name: string, onTrigger: OnTrigger, data: object): void
  export function registerSynthSounds(): void
  export function registerZZFXSounds(): void
  export function registerSampleSource(name: string, bank: SampleBank, options?: object): void
  export function getSound(name: string): { data: { samples?: SampleBank } } | undefined
  export function initAudio(): Promise<void>
  export function setMaxPolyphony(voices: number): void
  export function setAudioContext(context: BaseAudioContext | null): void
  export function setSuperdoughAudioController(controller: object | null): void
  /** What listens to events that have its id as `analyze`. */
  export const analysers: { [id: string]: AnalyserNode }
  /** The address of a script of processors, or what registers them in the realm that it is given. */
  export type WorkletModule = string | ((scope: WorkletScope) => void)
  export interface WorkletScope {
    AudioWorkletProcessor: new () => object
    readonly sampleRate: number
    readonly currentTime: number
    registerProcessor(name: string, processor: unknown): void
  }
  /** Has processors loaded with superdough's own. */
  export function registerWorklet(module: WorkletModule): void
  /** What makes a sound, by its name. */
  export const soundMap: { setKey(name: string, sound: { onTrigger: OnTrigger; data: object }): void }
  export type OnTrigger = (
    time: number,
    controls: Record<string, unknown>,
    onEnded: () => void,
    cps: number,
  ) => Promise<SoundHandle | undefined> | SoundHandle | undefined
  export interface SoundHandle {
    node: AudioNode
    nodes?: { source?: AudioNode | AudioNode[] }
    stop?(time: number): void
  }
  export function setLogger(log: (message: unknown) => void): void
  export function loadBuffer(url: string, context: BaseAudioContext, name?: string): Promise<AudioBuffer>
  export function getLoadedBuffer(url: string): AudioBuffer | undefined
  export function getSampleInfo(controls: Record<string, unknown>, bank: SampleBank): { url: string }
  export function fetchSampleMap(source: string): Promise<[map: unknown, base: string] | undefined>
  export function processSampleMap(map: object, take: (name: string, bank: SampleBank) => void, base?: string): void
}

declare module "superdough/superdoughoutput.mjs" {
  export class Orbit {
    constructor(context: BaseAudioContext)
    output: GainNode
    disconnect(): void
  }
  export class SuperdoughAudioController {
    constructor(context: BaseAudioContext)
    audioContext: BaseAudioContext
    output: { destinationGain: GainNode }
    nodes: { [orbit: string]: Orbit }
    buses: { [bus: string]: GainNode }
    getBus(bus: string): GainNode
    getOrbit(orbit: string, channels: number[]): Orbit
    duck(orbits: unknown, time: number, onset?: unknown, attack?: unknown, depth?: unknown): void
  }
}

declare module "superdough/nodePools.mjs" {
  export function getNodeFromPool<Node extends AudioNode>(kind: string, make: () => Node): Node
  export function releaseNodeToPool(node: AudioNode): void
  export function isPoolable(node: AudioNode): boolean
}

/** The names of General MIDI sounds and the fonts that have them, the first one as `n` 0. */
declare module "@strudel/soundfonts/gm.mjs" {
  const fontsOfSounds: { [sound: string]: string[] }
  export default fontsOfSounds
}

declare module "superdough/audioContext.mjs" {
  export function getAudioContext(): BaseAudioContext
}

declare module "superdough/helpers.mjs" {
  type Seconds = number
  export function getADSRValues(
    stages: [attack: unknown, decay: unknown, sustain: unknown, release: unknown],
  ): [attack: Seconds, decay: Seconds, sustain: number, release: Seconds]
  export function getParamADSR(
    param: AudioParam,
    attack: Seconds,
    decay: Seconds,
    sustain: number,
    release: Seconds,
    least: number,
    most: number,
    begin: Seconds,
    holdEnd: Seconds,
    curve: "linear" | "exponential",
  ): void
  export function getPitchEnvelope(
    detune: AudioParam,
    controls: Record<string, unknown>,
    begin: Seconds,
    holdEnd: Seconds,
  ): void
  export function getVibratoOscillator(
    detune: AudioParam,
    controls: Record<string, unknown>,
    begin: Seconds,
  ): { stop(): void; nodes: object } | undefined
  export function getFrequencyFromValue(controls: Record<string, unknown>, defaultNote: number): number
  export function onceEnded(node: AudioScheduledSourceNode, run: () => void): void
  export function releaseAudioNode(node: AudioNode): void
}

/** The address of a script of processors, put in by the build. */
declare module "*?audioworklet" {
  const address: string
  export default address
}

/** The worker's script as text, put in by the build. */
declare module "inline:worker" {
  const script: string
  export default script
}
