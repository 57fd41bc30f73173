const roots = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
const modes = [
  ...["major", "minor", "dorian", "phrygian", "lydian", "mixolydian"],
  ...["minor pentatonic", "major pentatonic", "minor blues", "harmonic minor"],
]

/** Scales to suggest, as people write them. */
export const scales: string[] = modes.flatMap((mode) => roots.map((root) => `${root} ${mode}`))
