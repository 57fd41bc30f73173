import type { ClipAudio } from "@strudel-agent/contract/clip/audio"

/** What a piece of music may sound like. */
export const heard: NonNullable<ClipAudio["audio"]> = {
  ...{ seconds: 12, loudness: -16, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{ onsets: 4, brightness: 900, width: 0.1, key: null, tempo: 120, unheard: [], masked: [] },
  ...{ waveform: [10, 20], course: [[-20, -18, -24, -30, -36, -80]] },
}
