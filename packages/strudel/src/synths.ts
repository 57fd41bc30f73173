/** Sounds that Strudel computes itself. */
export const synths: ReadonlySet<string> = new Set([
  ...["triangle", "square", "sawtooth", "sine", "user", "one", "tri", "sqr", "saw", "sin"],
  ...["supersaw", "pulse", "sbd", "bytebeat", "bus", "pink", "white", "brown", "crackle"],
  ...["zzfx", "z_sine", "z_sawtooth", "z_triangle", "z_square", "z_tan", "z_noise"],
])

export const isSynth = (name: string): boolean => synths.has(name.toLowerCase())
