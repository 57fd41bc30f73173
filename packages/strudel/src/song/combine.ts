import { arrange, type Pattern, stack } from "@strudel/core"

/** A pattern and the tempo it was written for, in cycles per second. */
export interface Timed {
  pattern: Pattern
  cps: number
}

/** A pattern as it must be played at the tempo of a song to sound at its own. */
export function atTempo({ pattern, cps }: Timed, songCps: number): Pattern {
  return cps === songCps ? pattern : pattern.fast(cps / songCps)
}

/** Clips that play at the same time, each at its own tempo. */
export function stackClips(clips: Timed[], songCps: number): Timed {
  return { pattern: stack(...clips.map((clip) => atTempo(clip, songCps))), cps: songCps }
}

/** Clips one after the other, each at its own tempo for a number of the song's cycles; then from the beginning. */
export function arrangeClips(sections: [cycles: number, clip: Timed][], songCps: number): Timed {
  const timed = sections.map(([cycles, clip]): [number, Pattern] => [cycles, atTempo(clip, songCps)])
  return { pattern: arrange(...timed), cps: songCps }
}
