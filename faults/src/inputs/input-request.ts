import fc from "fast-check"

/** A request as it is sent. */
export interface InputRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Buffer
}

const otherTypes = [
  "text/plain",
  "application/xml",
  "multipart/form-data",
  "application/json; charset=utf-16",
  "json",
  "",
]

/** The same text now and then cut off, with bytes that are no UTF-8, or with something behind it. */
const spoilt = (text: string): fc.Arbitrary<string | Buffer> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(text) },
    { weight: 1, arbitrary: fc.nat(Math.max(0, text.length - 1)).map((end) => text.slice(0, end)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constant(`${text}]`) },
    { weight: 1, arbitrary: fc.constant(Buffer.from(text, "utf16le")) },
  )

/** Requests that bring a value as JSON, now and then of another type or by another method. */
export const withBody = (method: string, path: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>) =>
  values
    .chain((value) => spoilt(JSON.stringify(value) ?? ""))
    .chain((body) =>
      fc.record({
        path,
        method: fc.oneof(
          { weight: 20, arbitrary: fc.constant(method) },
          { weight: 1, arbitrary: fc.constantFrom("GET", "PUT", "PATCH", "DELETE", "POST", "HEAD", "OPTIONS") },
        ),
        type: fc.oneof(
          { weight: 20, arbitrary: fc.constant("application/json") },
          { weight: 1, arbitrary: fc.constantFrom(...otherTypes) },
        ),
        body: fc.constant(body),
      }),
    )
    .map(
      ({ path: target, method: by, type, body }): InputRequest => ({
        ...{ method: by, path: target, body },
        headers: {
          ...(type === "" ? {} : { "content-type": type }),
          "content-length": String(Buffer.byteLength(body)),
        },
      }),
    )

/** A value as it stands in an address, where what is no text stands as JSON. */
export function inAddress(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "")
  // What is longer is refused by its length.
  return encodeURIComponent(text.slice(0, 4_000).toWellFormed())
}
