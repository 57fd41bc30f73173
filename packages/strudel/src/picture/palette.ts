/**
 * The colours that `Sound.colour` and a picture's `colour` are indexes into, for dark and for light surfaces. Neighbours
 * are far apart on the wheel; all are equally light, so that none stands out.
 */
export const palette = {
  dark: [
    ...["#ff9890", "#45d5b6", "#e59de8", "#b8c45c", "#92b8ff", "#faa365"],
    ...["#23d2e2", "#fc96bf", "#83d186", "#c1a9ff", "#e1b34d", "#59c7ff"],
  ],
  light: [
    ...["#b94642", "#008c6c", "#9c4ea1", "#707a00", "#466cc8", "#b15300"],
    ...["#00889b", "#b14576", "#278733", "#795bbf", "#996700", "#007cbb"],
  ],
}
