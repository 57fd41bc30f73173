import { createClient } from "@strudel-agent/client/client"
import fc from "fast-check"
import type { Fault } from "../fault.ts"
import { watchHealth } from "../health-watch.ts"
import type { InputRequest } from "../inputs/input-request.ts"
import { mcpRequests, toolsAt } from "../inputs/mcp-requests.ts"
import { isOwnFault } from "../inputs/own-fault.ts"
import { restRequests } from "../inputs/rest-requests.ts"
import type { Known } from "../inputs/schema-values.ts"
import { sendInput } from "../inputs/send-input.ts"
import { trpcRequests } from "../inputs/trpc-requests.ts"
import { growthIn, inMegabytes, memoryOf } from "../memory.ts"
import type { Place } from "../place.ts"
import { productIn } from "../product.ts"
import { quantile } from "../waiting.ts"

/** Requests that are made up, and sent eight at once, before the memory is looked at. */
const portion = 250
const atOnce = 8
/** Milliseconds that nobody may wait for /health meanwhile. */
const most = 300

/** Something of each kind, so that inputs reach what is behind the first look for it. */
async function fill(url: string): Promise<Known> {
  const client = createClient({ url })
  const slugs = ["inputs", "kick", "walk"]
  for (const id of slugs) {
    await client.project.create.mutate({ id, name: id })
    for (const clip of slugs) await client.clip.create.mutate({ projectId: id, id: clip, name: clip, code: 's("bd")' })
    await client.song.create.mutate({ projectId: id, id: "kick", name: "Kick", clipIds: ["kick"] })
    await client.playlist.create.mutate({ projectId: id, id: "kick", name: "Kick", songIds: ["kick"] })
  }
  const uuids: string[] = []
  for (let count = 0; count < 6; count++) {
    const { id: sessionId } = await client.session.create.mutate({ name: "Inputs", projectId: "inputs" })
    uuids.push(sessionId)
    await client.message.append.mutate({ sessionId, messages: [{ role: "user", content: "kick" }] })
  }
  const uris = [
    ...slugs.flatMap((project) => ["clip", "song", "playlist"].map((kind) => `strudel://${kind}/${project}/kick`)),
    ...slugs.map((id) => `strudel://project/${id}`),
    ...uuids.map((id) => `strudel://session/${id}`),
    ...["strudel://clip/inputs/kick/1", "strudel://reference/lpf", "strudel://clip/inputs/none"],
  ]
  return { uuids, slugs: [...slugs, "new", "another"], uris }
}

const inWords = ({ method, path, body, headers }: InputRequest): string =>
  `${method} ${path.slice(0, 300)} ${headers["content-type"] ?? ""} ${body === undefined ? "" : JSON.stringify(body.toString().slice(0, 300))}`

async function sendAll(
  place: Place,
  url: string,
  {
    requests,
    count,
    seed,
    timed,
  }: { requests: fc.Arbitrary<InputRequest>; count: number; seed: number; timed: boolean },
): Promise<{ seen: string; problems: string[] }> {
  const statuses = new Map<number, number>()
  const problems: string[] = []
  const memory: number[] = []
  const takeWaits = watchHealth(place, url)
  const waits: number[] = []
  for (let sent = 0; sent < count; sent += portion) {
    const queue = fc.sample(requests, { numRuns: Math.min(portion, count - sent), seed: seed + sent })
    // Making them up takes time of this machine, of which the server has none to answer for.
    await takeWaits()
    const work = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const answer = await sendInput(url, next)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        if (isOwnFault(answer)) problems.push(`${answer.status} ${answer.text.slice(0, 200)} to ${inWords(next)}`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const waited = await takeWaits()
    waits.push(...waited)
    const longest = Math.max(0, ...waited)
    if (timed && longest > most)
      problems.push(`/health took ${longest.toFixed(0)} ms among inputs ${sent} to ${sent + portion}`)
    memory.push(await memoryOf(url))
  }
  problems.push(...growthIn(memory))
  const counts = [...statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, times]) => `${times} × ${status || "closed"}`)
  const seen =
    `${count} inputs, answered ${counts.join(", ")}; /health median ${quantile(waits, 0.5).toFixed(0)}, longest ` +
    `${quantile(waits, 1).toFixed(0)} ms; memory ${inMegabytes(Math.min(...memory))} to ${inMegabytes(Math.max(...memory))}, ` +
    `at the end ${inMegabytes(memory.at(-1) ?? 0)}`
  return { seen, problems }
}

/** Requests of every kind that the doors describe, and of kinds that they do not. */
export const inputs: Fault = {
  name: "inputs",
  what: "generated requests to each door, from the OpenAPI document, the router's schemas and the tools of agents",
  async run(place, { inputs: count, seed, timed }, say) {
    const { url } = await productIn(place)
    const known = await fill(url)
    const document: unknown = await (await fetch(`${url}/api/openapi.json`)).json()
    const doors = [
      { name: "REST", requests: restRequests(document, known), count },
      { name: "tRPC", requests: trpcRequests(known), count },
      // Each call of a tool is several of the others, and some render music.
      { name: "MCP", requests: mcpRequests(await toolsAt(url), known), count: Math.ceil(count / 5) },
    ]
    const found: { seen: string; problems: string[] }[] = []
    for (const { name, ...sent } of doors) {
      const { seen, problems } = await sendAll(place, url, { ...sent, seed, timed })
      say(`${name}: ${seen}`)
      found.push({ seen: `${name}, seed ${seed}`, problems: problems.map((problem) => `${name}: ${problem}`) })
    }
    return { seen: found.map(({ seen }) => seen), problems: found.flatMap(({ problems }) => problems) }
  },
}
