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
  export function registerSynthSounds(): void
  export function registerZZFXSounds(): void
  export function registerSampleSource(name: string, bank: SampleBank, options?: object): void
  export function getSound(name: string): object | undefined
  export function initAudio(): Promise<void>
  export function setMaxPolyphony(voices: number): void
  export function setAudioContext(context: BaseAudioContext | null): void
  export function setSuperdoughAudioController(controller: object | null): void
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
    reverbNode: ConvolverNode | undefined
    disconnect(): void
  }
  export class SuperdoughAudioController {
    constructor(context: BaseAudioContext)
    audioContext: BaseAudioContext
    output: { destinationGain: GainNode }
    nodes: { [orbit: string]: Orbit }
    getOrbit(orbit: string, channels: number[]): Orbit
    duck(orbits: unknown, time: number, onset?: unknown, attack?: unknown, depth?: unknown): void
  }
}

/** The worker's script as text, put in by the build. */
declare module "inline:worker" {
  const script: string
  export default script
}
