import { ResponseTooLong } from "./failure.ts"

/** Bytes of one answer that are read. */
const mostBytes = 16 * 1024 * 1024

function counted(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let bytes = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.length
        if (bytes > mostBytes) throw new ResponseTooLong()
        controller.enqueue(chunk)
      },
    }),
  )
}

/** Asks a provider; what sends a key elsewhere than to the address that was set is refused, and so is an answer without an end. */
export const guardedFetch: typeof globalThis.fetch = async (input, init) => {
  const response = await globalThis.fetch(input, { ...init, redirect: "manual" })
  return response.body ? new Response(counted(response.body), response) : response
}
