import { limits } from "../limits.ts"
import { Command, type Event, type Limit, type Reply } from "../protocol.ts"
import { SandboxFailed } from "../sandbox-failed.ts"
import { analyse } from "./clips/analyse.ts"
import { WorkerPool } from "./clips/worker-pool.ts"
import processors from "./mixing/ceiling-processor.ts?audioworklet"
import { hearLog } from "./mixing/left-out.ts"
import { Loudspeakers, registerSynths } from "./mixing/loudspeakers.ts"
import { type Evaluated, Player } from "./player.ts"
import { refusal } from "./refusal.ts"
import { openRenderer } from "./render.ts"
import { type Fetched, Network } from "./sounds/network.ts"
import { SampleFiles } from "./sounds/sample-files.ts"
import { Sounds } from "./sounds/sounds.ts"

/** Milliseconds that the page may take to fetch a file. */
const fetchDeadline = 20_000
/** Milliseconds between two signs of life while a command is worked at. */
const heartbeat = 1_000

/** Answers the page's commands over one port. */
function serve(port: MessagePort): void {
  registerSynths(processors)
  const emit = (event: Event, transfer: Transferable[] = []) => port.postMessage(event, transfer)
  const asked = new Map<number, (answer: Fetched) => void>()
  let asks = 0
  const network = new Network(
    (url) =>
      new Promise((resolve) => {
        const ask = ++asks
        const settle = (answer: Fetched) => {
          clearTimeout(timer)
          asked.delete(ask)
          resolve(answer)
        }
        const timer = setTimeout(() => settle({ status: 0, contentType: "", body: null }), fetchDeadline)
        asked.set(ask, settle)
        emit({ type: "asks", ask, url })
      }),
  )
  const files = new SampleFiles(network)
  const sounds = new Sounds({ network, files, emit })
  const pool = new WorkerPool()
  pool.warm()
  const report = (limit: Limit) => emit({ type: "limited", limit })
  const player = new Player({ emit, pool, sounds, speakers: new Loudspeakers(report) })
  const renderer = openRenderer({ pool, sounds, emit })
  const evaluated = (result: Evaluated | null): Reply["result"] => {
    if (result) return { kind: "evaluated", ...result }
    throw new SandboxFailed("overtaken")
  }

  async function obey(command: Command): Promise<Reply["result"]> {
    switch (command.type) {
      case "prepare":
        // Nobody waits for it, so nothing comes of it where it never ends.
        player.prepare(command.sources).catch(() => {})
        return { kind: "done" }
      case "play":
        return evaluated(await player.play(command))
      case "update":
        return evaluated(await player.update(command))
      case "stop":
        await player.stop(command)
        return { kind: "done" }
      case "tempo":
        player.tempo(command.factor)
        return { kind: "done" }
      case "mix":
        player.mix(command.mix)
        return { kind: "done" }
      case "slide":
        player.slide(command)
        return { kind: "done" }
      case "draw":
        return { kind: "drawn", drawn: await player.draw(command) }
      case "analyse":
        return { kind: "analysed", answer: await analyse(pool, command) }
      case "render":
        return renderer.render(command)
      case "cancel":
        renderer.cancel(command.command)
        return { kind: "done" }
      case "sounds":
        return { kind: "sounds", sounds: await sounds.states(command.names, player.own) }
      case "network":
        network.allowed = command.allowed
        if (command.allowed) network.forget()
        return { kind: "done" }
      case "fetched":
        asked.get(command.ask)?.(command)
        return { kind: "done" }
    }
  }

  async function work(command: Command): Promise<Reply["result"]> {
    const alive = setInterval(() => emit({ type: "alive" }), heartbeat)
    try {
      return await obey(command)
    } catch (error) {
      const { because, message } = error instanceof SandboxFailed ? error : new SandboxFailed("crashed", String(error))
      return { kind: "failed", because, message: message.slice(0, limits.message) }
    } finally {
      clearInterval(alive)
    }
  }

  port.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const command = Command.safeParse(data)
    if (!command.success) {
      const refused = refusal(data, command.error)
      if (refused) port.postMessage(refused)
      return
    }
    const { id, type } = command.data
    const result = await work(command.data)
    if (type === "fetched") return
    const reply: Reply = { type: "reply", id, result }
    port.postMessage(reply, result.kind === "rendered" ? [result.wav] : [])
  }
  emit({ type: "ready" })
}

// What superdough logs is counted where it matters; the console belongs to the page.
Object.assign(console, { log() {}, warn: hearLog, error() {} })

// The one way to the network that no policy of a page governs.
for (const name of Object.getOwnPropertyNames(window)) if (/RTC/.test(name)) Reflect.deleteProperty(window, name)

/** The page that made this frame hands over one port, once; nobody else is listened to. */
function meet(event: MessageEvent<unknown>) {
  const [port] = event.ports
  if (event.source !== window.parent || event.data !== "strudel-sandbox" || !port) return
  window.removeEventListener("message", meet)
  serve(port)
}

if (window.parent !== window) window.addEventListener("message", meet)
