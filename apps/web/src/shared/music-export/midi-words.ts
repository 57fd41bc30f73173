import type { MidiTempos } from "@strudel-agent/strudel/midi"
import { countOf } from "#shared/words/count.ts"

const bpm = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 })

/** What a MIDI file says otherwise than the code does; empty where it says the same. */
export function midiInWords({ roundedNotes, tempos }: { roundedNotes: number; tempos: MidiTempos }): string {
  const [first, ...others] = tempos.beyond
  const more = others.length > 0 ? ` So are ${countOf(others.length, "other tempo")}.` : ""
  const sentences = [
    roundedNotes > 0 && `${countOf(roundedNotes, "note")} between two keys went to the nearer one.`,
    first &&
      `A tempo of ${bpm.format(first.asked)} bpm is beyond what MIDI can say: it is written as ${bpm.format(first.written)}.${more}`,
  ]
  return sentences.filter(Boolean).join(" ")
}
