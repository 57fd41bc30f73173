/** What JSON writes as it is, though a terminal may act upon it or turn the direction of text by it. */
const acting = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A value as JSON that no terminal acts upon, and that reads as the same value. */
export const jsonText = (value: unknown, space = 0): string =>
  JSON.stringify(value, null, space).replace(
    acting,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
