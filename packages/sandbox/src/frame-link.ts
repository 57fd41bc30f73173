import type { FetchSample } from "./host.ts"
import { type Command, Event, Reply, type Silence } from "./protocol.ts"
import { SandboxFailed } from "./sandbox-failed.ts"

/** Milliseconds until a frame has to be ready. */
const startDeadline = 20_000
/** Milliseconds of quiet after which a frame that plays, and shows its meter all the time, must be gone. */
const longestQuiet = 5_000
/** The most messages that a frame may send in a second. */
const mostMessages = 2_000

type Wanted = Command extends infer Each ? (Each extends Command ? Omit<Each, "id"> : never) : never
type Result = Exclude<Reply["result"], { kind: "failed" }>

const isSetting = ({ type }: Wanted) => type === "mix" || type === "tempo" || type === "network"

interface Open {
  take(result: Reply["result"]): void
  fail(error: Error): void
}

export interface LinkOptions {
  src: string
  page?: string
  fetchSample: FetchSample
  onEvent(event: Event): void
}

/**
 * A frame and the port that leads into it. A frame that no longer answers cannot say so: here it is noticed, reported as
 * one `silent` event, and put away. The next call makes another.
 */
export class FrameLink {
  #options: LinkOptions
  #frame: HTMLIFrameElement | null = null
  #port: MessagePort | null = null
  #opening: Promise<void> | null = null
  #open = new Map<number, Open>()
  #count = 0
  #closed = false
  #fetches = new Map<number, AbortController>()
  #heard = { since: 0, messages: 0, last: 0 }
  #watch: ReturnType<typeof setInterval> | undefined
  /** The play that is watched over. */
  #watched = 0
  /** What every further frame has to know, by its type. */
  #settings = new Map<string, Wanted>()

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** Rejects with `SandboxFailed` where the frame does not come to life. */
  open(): Promise<void> {
    if (this.#closed) return Promise.reject(new SandboxFailed("closed"))
    this.#opening ??= this.#begin()
    return this.#opening
  }

  /** Rejects with `SandboxFailed` in words, at the latest after so many milliseconds. */
  async call(command: Wanted, milliseconds: number): Promise<Result> {
    await this.open()
    if (isSetting(command)) this.#settings.set(command.type, command)
    const former = this.#watch === undefined ? undefined : this.#watched
    if (command.type === "play") this.#watchOver(command.change)
    const id = ++this.#count
    const result = await new Promise<Reply["result"]>((resolve, reject) => {
      const timer = setTimeout(() => this.#putAway("frozen"), milliseconds)
      const settle = (act: () => void) => {
        clearTimeout(timer)
        this.#open.delete(id)
        act()
      }
      this.#open.set(id, {
        take: (value) => settle(() => resolve(value)),
        fail: (error) => settle(() => reject(error)),
      })
      this.#port?.postMessage({ ...command, id })
    })
    if (result.kind !== "failed") return result
    // A play that did not begin is not watched over; what played before it still is.
    if (command.type === "play" && this.#watched === command.change) {
      if (former === undefined) this.#lookAway()
      else this.#watched = former
    }
    // What nobody expects may have left it in any state.
    if (result.because === "crashed" && (command.type === "play" || command.type === "update")) this.#putAway("crashed")
    // What an engine says of a failure that nobody expects is no help to a listener.
    if (result.because === "crashed") throw new SandboxFailed("crashed", undefined, { cause: result.message })
    throw new SandboxFailed(result.because, result.message)
  }

  close(): void {
    this.#closed = true
    this.#putAway("closed")
  }

  #begin(): Promise<void> {
    const frame = document.createElement("iframe")
    // No other right: the frame's origin is opaque, and it cannot open, navigate or ask for anything.
    frame.setAttribute("sandbox", "allow-scripts")
    frame.allow = "autoplay"
    frame.hidden = true
    frame.title = "Player"
    if (this.#options.page === undefined) frame.src = this.#options.src
    else frame.srcdoc = this.#options.page
    this.#frame = frame
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#putAway("unavailable"), startDeadline)
      this.#giveUp = (because) => {
        clearTimeout(timer)
        reject(new SandboxFailed(because))
      }
      frame.addEventListener(
        "load",
        () => {
          const { port1, port2 } = new MessageChannel()
          this.#port = port1
          port1.onmessage = ({ data }: MessageEvent<unknown>) => {
            if (!this.#isFlood()) this.#hear(data)
          }
          // An opaque origin has no name to address it by; the window is the frame's own.
          frame.contentWindow?.postMessage("strudel-sandbox", "*", [port2])
        },
        { once: true },
      )
      this.#ready = () => {
        clearTimeout(timer)
        for (const command of this.#settings.values()) this.#port?.postMessage({ ...command, id: ++this.#count })
        resolve()
      }
      document.body.append(frame)
    })
  }

  #ready: () => void = () => {}
  /** Ends the wait for a frame that is being opened. */
  #giveUp: (because: Silence) => void = () => {}

  /** From a play until its silence: a frame that plays shows its meter all the time, unless its process hangs or is gone. */
  #watchOver(change: number) {
    this.#lookAway()
    this.#watched = change
    this.#heard.last = performance.now()
    let looked = performance.now()
    this.#watch = setInterval(() => {
      const now = performance.now()
      // A page that has slept hears its frame after its own timers.
      if (now - looked > longestQuiet / 2) this.#heard.last = now
      looked = now
      if (now - this.#heard.last > longestQuiet) this.#putAway("frozen")
    }, 1_000)
  }

  #lookAway() {
    clearInterval(this.#watch)
    this.#watch = undefined
  }

  #isFlood(): boolean {
    const now = performance.now()
    if (now - this.#heard.since > 1_000) this.#heard = { since: now, messages: 0, last: now }
    this.#heard.last = now
    this.#heard.messages++
    if (this.#heard.messages <= mostMessages) return false
    this.#putAway("flooded")
    return true
  }

  #hear(data: unknown): void {
    const reply = Reply.safeParse(data)
    if (reply.success) this.#open.get(reply.data.id)?.take(reply.data.result)
    const parsed = Event.safeParse(data)
    if (reply.success || !parsed.success) return
    const event = parsed.data
    if (event.type === "alive") return
    if (event.type === "ready") this.#ready()
    if (event.type === "silent" && (event.change ?? this.#watched) >= this.#watched) this.#lookAway()
    if (event.type === "asks") this.#fetch(event.ask, event.url).catch(() => {})
    else this.#options.onEvent(event)
  }

  async #fetch(ask: number, url: string) {
    const port = this.#port
    const ending = new AbortController()
    this.#fetches.set(ask, ending)
    const answer = { type: "fetched", id: ++this.#count, ask, status: 0, contentType: "", body: null }
    try {
      const response =
        URL.canParse(url) && new URL(url).protocol === "https:"
          ? await this.#options.fetchSample(url, ending.signal)
          : null
      const status = response?.status ?? 403
      const body = response?.ok ? await response.arrayBuffer() : null
      const contentType = response?.headers.get("content-type") ?? ""
      port?.postMessage({ ...answer, status, contentType, body }, body ? [body] : [])
    } catch {
      port?.postMessage(answer)
    } finally {
      this.#fetches.delete(ask)
    }
  }

  #putAway(because: Silence) {
    this.#lookAway()
    const wasOpen = this.#port !== null
    this.#port?.close()
    this.#frame?.remove()
    this.#port = null
    this.#frame = null
    this.#opening = null
    this.#giveUp(because)
    for (const ending of this.#fetches.values()) ending.abort()
    this.#fetches.clear()
    for (const { fail } of [...this.#open.values()]) fail(new SandboxFailed(because))
    if (wasOpen && !this.#closed)
      this.#options.onEvent({ type: "silent", change: null, because, message: new SandboxFailed(because).message })
  }
}
