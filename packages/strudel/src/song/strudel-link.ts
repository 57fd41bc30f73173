/** The length of address that every browser and chat takes. */
const longest = 8_000

/**
 * The address at which strudel.cc opens a code: `code2hash` of @strudel/core, the code's UTF-8 bytes in Base64. Null if
 * the code is too long for an address.
 */
export function strudelLink(code: string): string | null {
  let bytes = ""
  for (const byte of new TextEncoder().encode(code)) bytes += String.fromCharCode(byte)
  const address = `https://strudel.cc/#${encodeURIComponent(btoa(bytes))}`
  return address.length <= longest ? address : null
}
