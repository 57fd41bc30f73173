/** A file's text, as a whole or by its lines. */
export interface DecodedFile {
  text(): string
  /** Lines without their endings; a byte order mark is left out. */
  lines(): Generator<string>
  /** What is told of the encoding, once the text was read. */
  warning(): string | undefined
}

/** What Windows-1252 has in place of the control characters from U+0080 to U+009F. */
const windowsSigns = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

/** Node's own decoder of this encoding leaves these signs control characters in some versions. */
const withWindowsSigns = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (sign) => windowsSigns[sign.charCodeAt(0) - 0x80] ?? sign)

const chunkBytes = 1024 * 1024
const lineFeed = 0x0a
const mostLinesNamed = 10

/** UTF-16 by its byte order mark, or by the zero byte that its first sign has. */
function utf16Of([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le"
  if (first === 0xfe && second === 0xff) return "utf-16be"
  const isSign = (byte: number | undefined) => byte === 0x7b || byte === 0x5b
  if (isSign(first) && second === 0) return "utf-16le"
  return first === 0 && isSign(second) ? "utf-16be" : undefined
}

/** Bytes of the sequence that begins there in UTF-8; 0 where it is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 4
  if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) return 0
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

/** Whether a file with bytes that are no UTF-8 is in the old encoding of Western Windows as a whole. */
function isWindows1252(bytes: Uint8Array): boolean {
  let valid = 0
  let broken = 0
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at)
    if (length === 0) broken++
    else if (length > 1) valid++
    at += Math.max(1, length)
  }
  return broken > valid
}

function* splitLines(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start)
    yield text.slice(start, end < 0 ? text.length : end)
    start = end < 0 ? text.length : end + 1
  }
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): DecodedFile {
  const text = new TextDecoder(encoding).decode(bytes)
  return { text: () => text, lines: () => splitLines(text), warning: () => undefined }
}

/** Decodes piece by piece; bytes that are no UTF-8 decide what the whole file is read as. */
class Utf8File implements DecodedFile {
  readonly #bytes: Uint8Array
  readonly #strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  #fallback: { decoder: InstanceType<typeof TextDecoder>; isUtf8: boolean } | undefined
  readonly #brokenLines: number[] = []

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
  }

  #decode(bytes: Uint8Array, line?: number): string | undefined {
    if (!this.#fallback || this.#fallback.isUtf8) {
      try {
        return this.#strict.decode(bytes)
      } catch {
        if (line === undefined) return undefined
      }
    }
    if (!this.#fallback) {
      const isUtf8 = !isWindows1252(this.#bytes)
      this.#fallback = { isUtf8, decoder: new TextDecoder(isUtf8 ? "utf-8" : "windows-1252", { ignoreBOM: true }) }
    }
    if (line !== undefined && line > 0) this.#brokenLines.push(line)
    const text = this.#fallback.decoder.decode(bytes)
    return this.#fallback.isUtf8 ? text : withWindowsSigns(text)
  }

  text(): string {
    const whole = this.#decode(this.#bytes)
    return whole ?? [...this.lines()].join("\n")
  }

  *lines(): Generator<string> {
    this.#brokenLines.length = 0
    let line = 1
    for (let start = 0; start < this.#bytes.length; ) {
      const near = this.#bytes.indexOf(lineFeed, Math.min(this.#bytes.length, start + chunkBytes))
      const end = near < 0 ? this.#bytes.length : near + 1
      const chunk = this.#bytes.subarray(start, end)
      const text = this.#fallback ? undefined : this.#decode(chunk)
      if (text !== undefined) {
        for (const each of splitLines(text)) {
          yield each
          line++
        }
      } else {
        for (const each of byteLines(chunk)) yield this.#decode(each, line++) ?? ""
      }
      start = end
    }
  }

  warning(): string | undefined {
    if (!this.#fallback) return undefined
    if (!this.#fallback.isUtf8) return "The file is not UTF-8; it was read as Windows-1252 (Latin-1)"
    const lines = [...new Set(this.#brokenLines)].slice(0, mostLinesNamed)
    const more = this.#brokenLines.length > lines.length ? ", …" : ""
    const where = lines.length === 1 ? `Line ${lines[0]} has` : `Lines ${lines.join(", ")}${more} have`
    return `${where} bytes that are not UTF-8; each became U+FFFD`
  }
}

function* byteLines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const near = bytes.indexOf(lineFeed, start)
    const end = near < 0 ? bytes.length : near
    yield bytes.subarray(start, end)
    start = end + 1
  }
}

/** Decodes a file of UTF-8 or UTF-16, or one of Windows-1252, which is told. */
export function decodeTranscript(bytes: Uint8Array): DecodedFile {
  const utf16 = utf16Of(bytes)
  return utf16 ? decodeUtf16(bytes, utf16) : new Utf8File(bytes)
}
