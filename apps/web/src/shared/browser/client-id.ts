/** A random UUID, also where a page came without https, in which browsers keep their own way of making one to themselves. */
export function makeClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, i) => {
    const value = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte
    return value.toString(16).padStart(2, "0")
  })
  return [4, 2, 2, 2, 6].map((length) => hex.splice(0, length).join("")).join("-")
}
