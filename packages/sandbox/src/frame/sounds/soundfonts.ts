import { getAudioContext } from "superdough/audioContext.mjs"
import {
  getADSRValues,
  getFrequencyFromValue,
  getParamADSR,
  getPitchEnvelope,
  getVibratoOscillator,
  onceEnded,
  releaseAudioNode,
} from "superdough/helpers.mjs"
import { registerSound, type SoundHandle } from "superdough/index.mjs"
import { bytesOf, loopOf, rateOf, samplesOf, type Zone, zoneOf, zonesOf } from "./soundfont.ts"

/** The key of an event that names none: c3. */
const usualKey = 48
/** How loud a font is beside samples. */
const loudness = 0.3

type Controls = Record<string, unknown>

/** A font whose zones can be heard. */
export type Font = readonly (Zone & { buffer: AudioBuffer })[]

/** Reads a font and decodes its zones; rejects where it is none. */
export async function readFont(script: ArrayBuffer, context: BaseAudioContext): Promise<Font> {
  const zones = zonesOf(new TextDecoder().decode(script))
  if (zones.length === 0) throw new Error("The file is no soundfont")
  return Promise.all(zones.map(async (zone) => ({ ...zone, buffer: await bufferOf(zone, context) })))
}

async function bufferOf({ sample, file = "", sampleRate }: Zone, context: BaseAudioContext): Promise<AudioBuffer> {
  if (sample === undefined) return context.decodeAudioData(bytesOf(file).buffer)
  const samples = samplesOf(sample)
  const buffer = context.createBuffer(1, samples.length, sampleRate)
  buffer.copyToChannel(samples, 0)
  return buffer
}

/** Makes a sound known to superdough that is played by the font which `fontOf` answers for an event's controls. */
export function registerSoundfont(registered: string, fontOf: (controls: Controls) => Font | undefined): void {
  registerSound(registered, (time, controls, onEnded) => play(fontOf(controls), { time, controls, onEnded }), {
    type: "soundfont",
  })
}

interface Note {
  time: number
  controls: Controls
  onEnded: () => void
}

/** As `fontloader.mjs` of @strudel/soundfonts 1.3.0 plays a note. */
function play(font: Font | undefined, { time, controls, onEnded }: Note): SoundHandle | undefined {
  const { note, freq, attack, decay, sustain, release } = controls
  const key = 69 + 12 * Math.log2(getFrequencyFromValue({ note, freq }, usualKey) / 440)
  const zone = zoneOf(font ?? [], key)
  if (!zone) return undefined
  const loop = loopOf(zone)
  const context = getAudioContext()
  const source = new AudioBufferSourceNode(context, {
    buffer: zone.buffer,
    playbackRate: rateOf(zone, key),
    loop: loop !== null,
    ...(loop && { loopStart: loop.start, loopEnd: loop.end }),
  })
  const node = new GainNode(context)
  source.connect(node)
  const [rise, fall, held, fade] = getADSRValues([attack, decay, sustain, release])
  const holdEnd = time + Number(controls.duration)
  getParamADSR(node.gain, rise, fall, held, fade, 0, loudness, time, holdEnd, "linear")
  const vibrato = getVibratoOscillator(source.detune, controls, time)
  getPitchEnvelope(source.detune, controls, time, holdEnd)
  source.start(time)
  source.stop(holdEnd + fade + 0.01)
  onceEnded(source, () => {
    releaseAudioNode(source)
    vibrato?.stop()
    onEnded()
  })
  return { node, nodes: { source: [source], ...vibrato?.nodes }, stop: (at) => source.stop(at) }
}
