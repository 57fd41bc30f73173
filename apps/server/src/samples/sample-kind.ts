const startsWith = (bytes: Buffer, text: string, offset = 0) =>
  bytes.toString("latin1", offset, offset + text.length) === text

const sounds: [type: string, is: (bytes: Buffer) => boolean][] = [
  ["audio/wav", (bytes) => startsWith(bytes, "RIFF") && startsWith(bytes, "WAVE", 8)],
  ["audio/ogg", (bytes) => startsWith(bytes, "OggS")],
  ["audio/flac", (bytes) => startsWith(bytes, "fLaC")],
  ["audio/aiff", (bytes) => startsWith(bytes, "FORM") && startsWith(bytes, "AIF", 8)],
  ["audio/mp4", (bytes) => startsWith(bytes, "ftyp", 4)],
  ["audio/webm", (bytes) => bytes.length > 4 && bytes.readUInt32BE(0) === 0x1a45dfa3],
  ["audio/mpeg", (bytes) => startsWith(bytes, "ID3") || (bytes.length > 2 && bytes.readUInt16BE(0) >= 0xffe0)],
]

/** Bytes of a file that tell whether it is a sound. */
export const headBytes = 12

/** The type of a sound by the first bytes of its file; null for anything else. */
export const soundOf = (bytes: Buffer): string | null => sounds.find(([, is]) => is(bytes))?.[0] ?? null

/** How the script of a WebAudioFont begins, whose sounds are strings in it. */
const fontHeads = ["console.log('load _tone_", "var _tone_"]

/** Whether a file may be a font by its first bytes. */
export const beginsAsFont = (bytes: Buffer): boolean =>
  fontHeads.some((head) => startsWith(bytes, head.slice(0, headBytes)))

/** A font is a script that is only read: it goes out as plain text. */
const isFont = (bytes: Buffer) =>
  /^(?:console\.log\('load _tone_[\w ]*'\);\s*)?var _tone_\w+\s*=\s*\{/.test(bytes.toString("latin1", 0, 500))

/** What a file is by its own bytes, whatever its server calls it: a sound, a font, or JSON; null for anything else. */
export function kindOf(bytes: Buffer): string | null {
  const sound = soundOf(bytes)
  if (sound) return sound
  if (isFont(bytes)) return "text/plain; charset=utf-8"
  return isJson(bytes) ? "application/json" : null
}

/** How deep a map of sounds may be nested: its names, their notes, and lists of files. */
const mostDepth = 32

function isJson(bytes: Buffer): boolean {
  if (!isShallow(bytes)) return false
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"))
    return typeof value === "object" && value !== null
  } catch {
    return false
  }
}

const [quote, backslash] = [0x22, 0x5c]
const [opening, closing] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])]

/** Told without parsing: what is nested a million times keeps a parser busy for seconds. */
function isShallow(bytes: Buffer): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (inString && byte === backslash) index++
    else if (byte === quote) inString = !inString
    else if (inString) continue
    else if (closing.has(byte)) depth--
    else if (opening.has(byte) && ++depth > mostDepth) return false
  }
  return true
}
