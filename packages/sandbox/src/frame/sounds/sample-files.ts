import { getLoadedBuffer, loadBuffer } from "superdough/index.mjs"
import { kitFile, kitScheme } from "../../kit/kit.ts"
import { isFontAddress } from "./font-addresses.ts"
import { type Network, NotFetched } from "./network.ts"
import { type Font, readFont } from "./soundfonts.ts"

/** As superdough writes addresses before it fetches them. */
const written = (url: string) => url.replace("#", "%23")

/**
 * The files of samples and fonts: drums of the kit are computed, `data:` addresses read, and the rest comes through the
 * network. superdough remembers a failed address for ever, so it is only told of files that are there.
 */
export class SampleFiles {
  #network: Network
  #there = new Map<string, ArrayBuffer>()
  #fonts = new Map<string, Font>()
  #broken = new Map<string, string>()
  #loading = new Map<string, Promise<void>>()

  constructor(network: Network) {
    this.#network = network
    // superdough calls the global function; the policy of the page lets the browser's own reach nothing.
    Object.defineProperty(globalThis, "fetch", { value: (url: unknown) => this.#respond(String(url)) })
  }

  isThere(url: string): boolean {
    const address = written(url)
    return this.#there.has(address) || this.#fonts.has(address) || getLoadedBuffer(address) !== undefined
  }

  /** A font that is there. */
  fontOf(url: string): Font | undefined {
    return this.#fonts.get(written(url))
  }

  isLoading(url: string): boolean {
    return this.#loading.has(written(url))
  }

  /** Why a file cannot be had, null if nothing speaks against it. */
  problem(url: string): string | null {
    return this.#broken.get(written(url)) ?? (isLocal(url) ? null : this.#network.refusal(url))
  }

  /** Resolves when the file is there to be played; rejects with `NotFetched` in words. */
  load(url: string, context: BaseAudioContext): Promise<void> {
    const address = written(url)
    if (getLoadedBuffer(address) || this.#fonts.has(address)) return Promise.resolve()
    const running = this.#loading.get(address)
    if (running) return running
    const begun = this.#load(address, context).finally(() => this.#loading.delete(address))
    this.#loading.set(address, begun)
    return begun
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#loading.values())
  }

  async #load(address: string, context: BaseAudioContext): Promise<void> {
    const problem = this.problem(address)
    if (problem !== null) throw new NotFetched(problem)
    if (isFontAddress(address)) return this.#loadFont(address, context)
    if (!isLocal(address)) this.#there.set(address, await this.#network.get(address))
    try {
      await loadBuffer(address, context)
      // A wavetable is read once more, by another part of superdough.
      if (!/\.wav$/i.test(address)) this.#there.delete(address)
    } catch {
      this.#there.delete(address)
      this.#broken.set(address, "The file is no sound")
      throw new NotFetched("The file is no sound")
    }
  }

  async #loadFont(address: string, context: BaseAudioContext): Promise<void> {
    const script = await this.#network.get(address)
    try {
      this.#fonts.set(address, await readFont(script, context))
    } catch {
      this.#broken.set(address, "The file is no soundfont")
      throw new NotFetched("The file is no soundfont")
    }
  }

  async #respond(url: string): Promise<Response> {
    const body = this.#there.get(url) ?? kitFile(url) ?? dataOf(url) ?? (await this.#network.get(url))
    return new Response(body.slice(0))
  }
}

const isLocal = (url: string) => url.startsWith(kitScheme) || url.startsWith("data:")

function dataOf(url: string): ArrayBuffer | null {
  const [, base64, text = ""] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url) ?? []
  if (!url.startsWith("data:")) return null
  const decoded = decodeURIComponent(text)
  const bytes = base64
    ? Uint8Array.from(atob(decoded), (sign) => sign.charCodeAt(0))
    : new TextEncoder().encode(decoded)
  return bytes.buffer
}
