import type { DrawnHap } from "@strudel-agent/strudel/drawn-hap"
import type { SongAnswer } from "@strudel-agent/strudel/evaluate-song"
import type { PlayedHap } from "@strudel-agent/strudel/haps"
import type { PerformedClip } from "@strudel-agent/strudel/perform"
import type { Answer, Place, Problem } from "@strudel-agent/strudel/result"
import type { Tunings } from "@strudel-agent/strudel/tunings"
import type { Plan, Source } from "../protocol.ts"

/** What the frame asks a worker of clip code, one thing after the other; each is answered in its turn. */
export type Ask =
  | { type: "load"; name: string; code: string; first: boolean; tunings: Tunings }
  | { type: "events"; name: string; begin: number; end: number; cps: number }
  | { type: "draw"; name: string; begin: number; end: number; cps: number }
  | { type: "slide"; name: string; from: number; value: number }
  | { type: "analyse"; sources: Source[]; plan: Plan | null; from: number; cycles: number }
  | { type: "suspect"; code: string }

export interface Answers {
  load: PerformedClip
  events: PlayedHap[] | { problem: Problem }
  draw: DrawnHap[]
  slide: null
  analyse: Answer | SongAnswer
  suspect: Place | null
}
