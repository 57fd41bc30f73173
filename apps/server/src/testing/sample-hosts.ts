import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type RequestListener, type Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Fastify, { type FastifyInstance } from "fastify"
import { registerSamples, type SamplesOptions } from "../samples/samples-door.ts"

/** The beginning of a WAV file, which is enough for a sound. */
export const wav = Buffer.concat([Buffer.from("RIFF\u0024\u0000\u0000\u0000WAVE", "latin1"), Buffer.alloc(64)])

export interface SampleHost {
  server: Server
  origin: string
  /** The paths that were asked for. */
  visits: string[]
}

/** Hosts of samples and doors to them, for one test; `close` ends all and removes what was kept. */
export async function openSampleHosts() {
  const folder = await mkdtemp(join(tmpdir(), "samples-"))
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })]

  async function openHost(listener: RequestListener): Promise<SampleHost> {
    const visits: string[] = []
    const server = createServer((request, response) => {
      visits.push(request.url ?? "")
      listener(request, response)
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    closing.push(async () => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    const port = typeof address === "object" && address ? address.port : 0
    return { server, origin: `http://127.0.0.1:${port}`, visits }
  }

  function openDoor(options: Partial<SamplesOptions>): FastifyInstance {
    const app = Fastify({ forceCloseConnections: true })
    registerSamples(app, { origins: [], folder, ...options })
    closing.push(() => app.close())
    return app
  }

  /** A door that real clients can leave again: answers the address of a sample behind it. */
  async function listen(options: Partial<SamplesOptions>): Promise<(address: string) => string> {
    const url = await openDoor(options).listen({ host: "127.0.0.1", port: 0 })
    return (address) => `${url}/samples/${encodeURIComponent(address)}`
  }

  return {
    folder,
    openHost,
    openDoor,
    listen,
    async close() {
      for (const close of closing.reverse()) await close()
    },
  }
}

export const get = (app: FastifyInstance, address: string, headers = {}) =>
  app.inject({ url: `/samples/${encodeURIComponent(address)}`, headers })

/** The status of an answer, and the reason where it is a failure. */
export async function outcome(app: FastifyInstance, address: string): Promise<[number, string?]> {
  const answer = await get(app, address)
  return answer.statusCode === 200 ? [200] : [answer.statusCode, answer.json().error.reason]
}
