import { mostOf } from "../../limits.ts"

/**
 * Requests at a time: a browser keeps six connections to a server, and the page needs some for itself. A host that is
 * slow leaves one for others.
 */
const mostAtOnce = { ofAll: 4, ofHost: 3 }

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
  /** The hosts that are asked at the moment, one as often as it is asked. */
  #asked: string[] = []
  #waiting: { host: string; begin: () => void }[] = []

  constructor(ask: (url: string) => Promise<Fetched>) {
    this.#ask = ask
  }

  /** Why an address cannot be had at the moment, null if it may be tried. */
  refusal(url: string): string | null {
    if (!this.allowed) return "The network is switched off"
    if (hostOf(url) === null) return "Only https addresses are fetched"
    if (url.length > mostOf.address) return `Its address is longer than ${mostOf.address} characters`
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
    const host = hostOf(url) ?? ""
    await new Promise<void>((begin) => {
      this.#waiting.push({ host, begin })
      this.#admit()
    })
    try {
      return await this.#ask(url)
    } finally {
      this.#asked.splice(this.#asked.indexOf(host), 1)
      this.#admit()
    }
  }

  #admit() {
    while (this.#asked.length < mostAtOnce.ofAll) {
      const isFree = (host: string) => this.#asked.filter((each) => each === host).length < mostAtOnce.ofHost
      const next = this.#waiting.find(({ host }) => isFree(host))
      if (!next) return
      this.#waiting.splice(this.#waiting.indexOf(next), 1)
      this.#asked.push(next.host)
      next.begin()
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

/** The host of an https address; null for any other, also for `blob:https://…`, which is of none. */
function hostOf(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null
  return parsed?.protocol === "https:" ? parsed.host : null
}

function wordsOf(status: number): string {
  if (status === 404) return "There is no such file"
  if (status === 403) return "Its address is not on the list of this server"
  if (status === 0 || status >= 500) return "The network cannot be reached"
  return `It was refused (${status})`
}
