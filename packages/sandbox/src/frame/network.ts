/** Requests at a time: a browser keeps six connections to a server, and the page needs some for itself. */
const mostAtOnce = 3

/** A failed request is not made again for so many milliseconds. */
const pause = 60_000

export interface Fetched {
  status: number
  contentType: string
  body: ArrayBuffer | null
}

export class NotFetched extends Error {
  override name = "NotFetched"
}

/**
 * The one way out of the frame: the page is asked to fetch, and may refuse. Only https addresses are asked for; a failure
 * is remembered for a minute.
 */
export class Network {
  allowed = true
  #ask: (url: string) => Promise<Fetched>
  #failures = new Map<string, { why: string; until: number }>()
  #running = new Map<string, Promise<ArrayBuffer>>()
  #busy = 0
  #waiting: (() => void)[] = []

  constructor(ask: (url: string) => Promise<Fetched>) {
    this.#ask = ask
  }

  /** Why an address cannot be had at the moment, null if it may be tried. */
  refusal(url: string): string | null {
    if (!this.allowed) return "The network is switched off"
    if (!url.startsWith("https://")) return "Only https addresses are fetched"
    const failure = this.#failures.get(url)
    return failure && failure.until > performance.now() ? failure.why : null
  }

  /** Rejects with `NotFetched` in words. */
  get(url: string): Promise<ArrayBuffer> {
    const refusal = this.refusal(url)
    if (refusal !== null) return Promise.reject(new NotFetched(refusal))
    const running = this.#running.get(url)
    if (running) return running
    const begun = this.#get(url).finally(() => this.#running.delete(url))
    this.#running.set(url, begun)
    return begun
  }

  /** Lets everything be tried again, as when the network comes back. */
  forget(): void {
    this.#failures.clear()
  }

  async #askInTurn(url: string): Promise<Fetched> {
    if (this.#busy >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#busy++
    try {
      return await this.#ask(url)
    } finally {
      this.#busy--
      this.#waiting.shift()?.()
    }
  }

  async #get(url: string): Promise<ArrayBuffer> {
    const { status, body } = await this.#askInTurn(url)
    if (status === 200 && body) return body
    const why = wordsOf(status)
    this.#failures.set(url, { why, until: performance.now() + pause })
    throw new NotFetched(why)
  }
}

function wordsOf(status: number): string {
  if (status === 404) return "There is no such file"
  if (status === 403) return "Its address is not on the list of this server"
  if (status === 0 || status >= 500) return "The network cannot be reached"
  return `It was refused (${status})`
}
