import { pipeline, type Readable } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"
import { SampleFailure } from "./sample-failure.ts"
import { beginsAsFont, headBytes, soundOf } from "./sample-kind.ts"

export interface BodyLimits {
  /** The most bytes of a file, after it was unpacked. */
  maxBytes: number
  /** The most bytes of a file that is no sound and no font: a map of sounds is read whole. */
  maxMapBytes: number
}

const unpackers = { gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate, br: createBrotliDecompress }
const isKnown = (encoding: string): encoding is keyof typeof unpackers => Object.hasOwn(unpackers, encoding)

const tooLarge = (most: number) => new SampleFailure("SAMPLE_TOO_LARGE", `The file has more than ${most} bytes`)

/** Some servers pack whatever they are asked for. */
function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === "" || encoding === "identity") return body
  // A list of several would be a bomb in a bomb.
  if (!isKnown(encoding))
    throw new SampleFailure("SAMPLES_UNREACHABLE", "Its host packed it in a way that is not known")
  return pipeline(body, unpackers[encoding](), () => {})
}

/** Reads a file of an HTTP answer up to what is allowed; rejects with `SampleFailure`, or as the stream does. */
export async function readBody(
  body: Readable,
  headers: { encoding: string; length: number },
  { maxBytes, maxMapBytes }: BodyLimits,
): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  let head: Buffer = Buffer.alloc(0)
  let most = maxBytes
  try {
    if (headers.length > maxBytes) throw tooLarge(maxBytes)
    for await (const part of unpacked(body, headers.encoding)) {
      const bytes: Buffer = part
      size += bytes.byteLength
      if (head.length < headBytes) {
        head = Buffer.concat([head, bytes.subarray(0, headBytes)])
        const isSound = soundOf(head) !== null || beginsAsFont(head)
        if (head.length >= headBytes && !isSound) most = Math.min(maxBytes, maxMapBytes)
      }
      if (size > most) throw tooLarge(most)
      parts.push(bytes)
    }
  } finally {
    body.destroy()
  }
  return Buffer.concat(parts)
}
