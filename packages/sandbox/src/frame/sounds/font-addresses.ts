import fontsOfSounds from "@strudel/soundfonts/gm.mjs"

/** Where Strudel has the fonts from. */
export const fontsHome = "https://felixroos.github.io/webaudiofontdata/sound"

const addresses = new Map(
  Object.entries(fontsOfSounds).map(([sound, fonts]) => [sound, fonts.map((font) => `${fontsHome}/${font}.js`)]),
)

/** The addresses of the fonts that have a sound of General MIDI, such as `gm_piano`; null for any other name. */
export const fontAddresses = (sound: string): string[] | null => addresses.get(sound) ?? null

export const isFontAddress = (address: string): boolean => address.startsWith(`${fontsHome}/`)
