import type { Answer } from "@strudel-agent/strudel/result"
import type { Event, Loaded, Mix, Plan, SoundState, Source } from "./protocol.ts"

export interface SandboxOptions {
  /** The address of the sandbox page, of the page's own origin. */
  src?: string
  /** Fetches a file of samples for the sandbox; null refuses. */
  fetchSample(url: string, signal: AbortSignal): Promise<Response | null>
  onEvent(event: Event): void
}

export interface Taken {
  loaded: Loaded[]
  /** The cycle on which it takes effect. */
  cycle: number
  /** Milliseconds since 1970 when that is heard. */
  at: number
}

export interface RenderOptions {
  sources: Source[]
  plan: Plan
  cycles: number
  mix: Mix
  factor: number
  tail: number
  sampleRate: 44_100 | 48_000
  signal?: AbortSignal
  onProgress?: (part: number) => void
}

/** A frame of an opaque origin that plays other people's code. Every call rejects with `SandboxFailed` in words. */
export interface Sandbox {
  play(options: { sources: Source[]; plan: Plan; at?: "now" | "cycle"; from?: number }): Promise<Taken>
  update(sources: Source[]): Promise<Taken>
  stop(): Promise<void>
  tempo(factor: number): Promise<void>
  mix(mix: Mix): Promise<void>
  /** What code plays in so many cycles, with its haps; a plan where several are combined. */
  analyse(options: { sources: Source[]; plan?: Plan; cycles?: number }): Promise<Answer & { clip?: string }>
  render(options: RenderOptions): Promise<{ wav: ArrayBuffer; seconds: number }>
  sounds(names: string[]): Promise<SoundState[]>
  network(allowed: boolean): Promise<void>
  /** Takes the frame out of the page. */
  close(): void
}

export class SandboxFailed extends Error {
  override name = "SandboxFailed"
}
