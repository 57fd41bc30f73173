/** The part of Strudel's libraries that the engine touches; they ship no types of their own. */
declare module "@strudel/core" {
  /** Writes to the console what it did not write within the last second. */
  export function logger(message: string): void

  export interface Fraction {
    toFraction(): string
    valueOf(): number
    equals(other: Fraction): boolean
  }
  export const Fraction: (value: number | string) => Fraction

  export class TimeSpan {
    constructor(begin: Fraction | number, end: Fraction | number)
    begin: Fraction
    end: Fraction
  }

  export class State {
    constructor(span: TimeSpan, controls?: Record<string, unknown>)
    setControls(controls: Record<string, unknown>): State
  }

  export interface HapContext {
    locations?: { start: number; end: number }[]
    [key: string]: unknown
  }

  export class Hap {
    whole: TimeSpan | undefined
    part: TimeSpan
    value: unknown
    context: HapContext
    endClipped: Fraction
    hasOnset(): boolean
    setContext(context: HapContext): Hap
  }

  export class Pattern {
    constructor(query: (state: State) => Hap[])
    __pure?: unknown
    /** Where the one value stands. */
    __pure_loc?: unknown
    /** The value of a slider as it is written. */
    slid?: unknown
    query(state: State): Hap[]
    fast(factor: number): Pattern
    withState(transform: (state: State) => State): Pattern
    withHap(transform: (hap: Hap) => Hap): Pattern
    withContext(transform: (context: HapContext) => HapContext): Pattern
    fmap(transform: (value: never) => unknown): Pattern
    s(name: string): Pattern
    release(seconds: number): Pattern
    _fast(factor: number): Pattern
  }

  export const silence: Pattern
  export function isPattern(value: unknown): value is Pattern
  export function pure(value: unknown): Pattern
  /** A pattern of the value that is there when it is asked for. */
  export function ref(value: () => unknown): Pattern
  export function stack(...patterns: Pattern[]): Pattern
  export function arrange(...sections: [cycles: number, pattern: Pattern][]): Pattern
  /** A pattern that has a value at every moment. */
  export function signal(valueAt: (time: number) => unknown): Pattern
  export function register(name: string, transform: (...parameters: never[]) => Pattern): unknown
  export function noteToMidi(name: string): number
  export function valueToMidi(value: unknown, fallback?: number): number
  export function reset_state(): void
  export function setTime(now: () => number): void
  export function setCpsFunc(cps: () => number): void
  export function reify(value: unknown): Pattern
  export function setStringParser(parse: (text: string) => Pattern): void
  export function useRNG(mode: "legacy" | "precise"): void
  export function calculateSteps(on: boolean): void
  export const strudelScope: Record<string, unknown>
  export function isControlName(name: string): boolean
  /** The name of a control by one of its aliases. */
  export function getControlName(alias: string): string
}

declare module "@strudel/mini" {
  export function mini(...texts: string[]): Pattern
  /** Mini notation with its quotes, as the parser takes it. */
  export function h(...texts: string[]): Pattern
  /** The parser under the notation; it throws with the place inside the text. */
  export function parse(quoted: string): unknown
}

declare module "@strudel/mini/krill-parser.js" {
  export function parse(quoted: string, options?: unknown): unknown
}

declare module "@strudel/tonal" {
  /** Voicings by the symbol of a chord. */
  export const complex: Record<string, string[]>
  export const voicingRegistry: Record<string, unknown>
  export function resetVoicings(): void
}

declare module "@strudel/xen" {}

declare module "abortcontroller-polyfill/dist/cjs-ponyfill.js" {
  export const AbortController: unknown
  export const AbortSignal: unknown
}

declare module "@strudel/transpiler" {
  export function transpiler(code: string): { output: string; miniLocations: [number, number][] }
  export function registerWidgetType(name: string): void
}

declare module "escodegen" {
  const escodegen: { generate(tree: unknown, options?: unknown): string }
  export default escodegen
}
