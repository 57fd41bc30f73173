import { expect, it } from "vitest"
import { midiInWords } from "./midi-words.ts"

const said = { beatsPerCycle: 4, beyond: [] }

it("says nothing of a file that says what the code does", () => {
  expect(midiInWords({ roundedNotes: 0, tempos: said })).toBe("")
})

it("tells of tempos that MIDI cannot say, and of notes between keys", () => {
  const slow = { asked: 0.00024, written: 0.2235 }
  expect(midiInWords({ roundedNotes: 2, tempos: { beatsPerCycle: 64, beyond: [slow] } })).toBe(
    "2 notes between two keys went to the nearer one. A tempo of 0.00024 bpm is beyond what MIDI can say: it is written as 0.224.",
  )
  const fast = { asked: 240_000_000, written: 60_000_000 }
  expect(midiInWords({ roundedNotes: 0, tempos: { beatsPerCycle: 4, beyond: [fast, fast, slow] } })).toBe(
    "A tempo of 240,000,000 bpm is beyond what MIDI can say: it is written as 60,000,000. So are 2 other tempos.",
  )
})
