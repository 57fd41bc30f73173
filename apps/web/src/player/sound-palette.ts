/** The twelve colours of sounds: alike in brightness, so that each is seen on a light and on a dark ground. */
export const soundColor = (index: number): string => `oklch(68% 0.16 ${(25 + (index % 12) * 30) % 360})`
