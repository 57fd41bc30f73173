import type { Sandbox } from "@strudel-agent/sandbox/host"
import { toggled } from "./mix.ts"
import { asFactor, bpmOf, type PlayerSettings, type PlayerState } from "./player-state.ts"

export interface FadersOptions {
  state(): PlayerState
  change(part: Partial<PlayerState>): void
  /** Tells the sandbox something, if there is one. */
  tell(what: (sandbox: Sandbox) => Promise<void>): void
  tellMix(): void
  settings: { write(settings: PlayerSettings): void }
  notices: { forget(): void }
  /** Told of another factor before it counts. */
  moved(factor: number): void
}

/** Tempo, volume, mute, solo and the network's switch: what is set beside what plays. */
export function createFaders({ state, change, tell, tellMix, settings, notices, moved }: FadersOptions) {
  function setFactor(factor: number) {
    const next = asFactor(factor)
    moved(next)
    change({ factor: next, cps: (state().cps / state().factor) * next })
    tell((sandbox) => sandbox.tempo(next))
  }
  return {
    setFactor,
    /** Sets the factor so that the tempo is so many beats per minute. */
    setBpm(bpm: number) {
      if (bpm > 0) setFactor((bpm / bpmOf(state())) * state().factor)
    },
    setVolume(volume: number) {
      change({ volume: Math.min(1, Math.max(0, volume)) })
      settings.write(state())
      tellMix()
    },
    toggleMute(key: string) {
      change({ muted: toggled(state().muted, key) })
      tellMix()
    },
    toggleSolo(key: string) {
      change({ soloed: toggled(state().soloed, key) })
      tellMix()
    },
    /** Whether samples may come over the network; what plays takes them up by itself. */
    setNetwork(network: boolean) {
      change({ network, sounds: new Map() })
      settings.write(state())
      if (network) notices.forget()
      tell((sandbox) => sandbox.network(network))
    },
  }
}
