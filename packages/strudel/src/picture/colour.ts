/** Colours in the palette that `Sound.colour` is an index into. */
export const paletteSize = 12

/** The index of a sound's colour, the same wherever the sound appears. */
export function colourOf(sound: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < sound.length; index++) hash = Math.imul(hash ^ sound.charCodeAt(index), 0x01000193)
  return (hash >>> 0) % paletteSize
}
