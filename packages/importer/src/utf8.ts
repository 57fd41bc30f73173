const encoder = new TextEncoder()

/** Bytes of UTF-8 of a text. */
export const utf8Length = (text: string): number => encoder.encode(text).length

/** Characters that one call turns into base64: each is an argument. */
const slice = 0x8000

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let characters = ""
  for (let start = 0; start < bytes.length; start += slice) {
    characters += String.fromCharCode(...bytes.subarray(start, start + slice))
  }
  return btoa(characters)
}
