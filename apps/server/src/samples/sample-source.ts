import { SampleFailure } from "./sample-failure.ts"
import { headBytes, kindOf, soundOf } from "./sample-kind.ts"
import { allowedUrl } from "./sample-origins.ts"

export interface Sample {
  bytes: Buffer
  type: string
}

export interface SourceOptions {
  origins: readonly string[]
  /** The most bytes of a file. */
  maxBytes?: number
  /** The most bytes of a file that is no sound: a map of sounds is read whole. */
  maxMapBytes?: number
  /** Milliseconds until a file must be there. */
  timeout?: number
}

const mostRedirects = 3
/** Milliseconds in which a host that could not be reached is not tried again. */
const pause = 15_000

/** Fetches sounds and maps of them from the hosts on the list, and from nowhere else; rejects with `SampleFailure`. */
export function createSampleSource({
  origins,
  maxBytes = 32 * 1024 * 1024,
  maxMapBytes = 2 * 1024 * 1024,
  timeout = 10_000,
}: SourceOptions) {
  const away = new Map<string, number>()

  async function ask(address: string, signal: AbortSignal): Promise<Response> {
    let url = permitted(address)
    for (let turn = 0; turn <= mostRedirects; turn++) {
      const response = await reach(url, signal)
      const next = response.headers.get("location")
      if (response.status < 300 || response.status >= 400 || next === null) return response
      await response.body?.cancel()
      url = permitted(next, url.href)
    }
    throw new SampleFailure("SAMPLES_UNREACHABLE", "It is redirected again and again")
  }

  function permitted(address: string, base?: string): URL {
    const url = allowedUrl(address, origins, base)
    if (url) return url
    throw new SampleFailure("SAMPLE_REFUSED", "Its host is not on the list of this server: STRUDEL_SAMPLE_ORIGINS")
  }

  async function reach(url: URL, signal: AbortSignal): Promise<Response> {
    if ((away.get(url.origin) ?? 0) > Date.now()) throw unreachable(url.host)
    try {
      const headers = { accept: "audio/*, application/json;q=0.9, */*;q=0.1" }
      return await fetch(url, { redirect: "manual", signal, headers })
    } catch (error) {
      away.set(url.origin, Date.now() + pause)
      if (signal.aborted) throw new SampleFailure("SAMPLES_TIMEOUT", `${url.host} takes too long`)
      throw Object.assign(unreachable(url.host), { cause: error })
    }
  }

  return async (address: string): Promise<Sample> => {
    const signal = AbortSignal.timeout(timeout)
    const response = await ask(address, signal)
    if (!response.ok) {
      await response.body?.cancel()
      throw refusalOf(response.status)
    }
    const bytes = await readUpTo(response, { maxBytes, maxMapBytes, signal })
    const type = kindOf(bytes)
    if (type === null) throw new SampleFailure("SAMPLE_NOT_SOUND", "The file is neither a sound nor a map of sounds")
    return { bytes, type }
  }
}

export type SampleSource = ReturnType<typeof createSampleSource>

const unreachable = (host: string) => new SampleFailure("SAMPLES_UNREACHABLE", `${host} cannot be reached`)

function refusalOf(status: number): SampleFailure {
  return status === 404 || status === 410 || status === 403
    ? new SampleFailure("SAMPLE_NOT_FOUND", "There is no such file")
    : new SampleFailure("SAMPLES_UNREACHABLE", `Its host answered ${status}`)
}

async function readUpTo(
  response: Response,
  { maxBytes, maxMapBytes, signal }: { maxBytes: number; maxMapBytes: number; signal: AbortSignal },
): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  let head: Buffer = Buffer.alloc(0)
  let most = maxBytes
  try {
    for await (const part of response.body ?? []) {
      size += part.byteLength
      if (head.length < headBytes) {
        head = Buffer.concat([head, part.subarray(0, headBytes)])
        if (head.length >= headBytes && soundOf(head) === null) most = Math.min(maxBytes, maxMapBytes)
      }
      // Leaving the loop cancels the rest.
      if (size > most) break
      parts.push(part)
    }
  } catch {
    if (signal.aborted) throw new SampleFailure("SAMPLES_TIMEOUT", "The file takes too long")
    throw new SampleFailure("SAMPLES_UNREACHABLE", "The connection broke off")
  }
  if (size > most) throw new SampleFailure("SAMPLE_TOO_LARGE", `The file has more than ${most} bytes`)
  return Buffer.concat(parts)
}
