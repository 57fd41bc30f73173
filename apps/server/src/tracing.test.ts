import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { afterAll, beforeAll, expect, it } from "vitest"
import { z } from "zod"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"
import { startTracing, type Tracing } from "./tracing.ts"

const Value = z.looseObject({ stringValue: z.string().optional(), intValue: z.number().optional() })
const Attributes = z.array(z.object({ key: z.string(), value: Value }))
const Span = z.looseObject({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: Attributes,
})
const Export = z.looseObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: Attributes }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(Span) })),
    }),
  ),
})

const received: { path: string | undefined; text: string }[] = []
const collector = createServer((request, response) => {
  let text = ""
  request.on("data", (part) => {
    text += part
  })
  request.on("end", () => {
    received.push({ path: request.url, text })
    response.setHeader("content-type", "application/json").end("{}")
  })
})

const secret = "a word that nobody else says"
const traceId = "0af7651916cd43dd8448eb211c80319c"
const parentId = "b7ad6b7169203331"
let tracing: Tracing
let test: TestDoor

beforeAll(async () => {
  collector.listen(0, "127.0.0.1")
  await once(collector, "listening")
  const address = collector.address()
  const port = typeof address === "object" && address ? address.port : 0
  tracing = await startTracing({ endpoint: `http://127.0.0.1:${port}/`, version: "1.2.3" })
  test = await openTestDoor({ tracing }, { onStatement: tracing.onStatement })

  const headers = { "content-type": "application/json", traceparent: `00-${traceId}-${parentId}-01` }
  const id = randomUUID()
  const session = JSON.stringify({ session_id: id, session_name: secret })
  await fetch(`${test.url}/api/sessions`, { method: "POST", headers, body: session })
  const body = JSON.stringify({ messages: [{ role: "user", content: secret }] })
  await fetch(`${test.url}/api/messages/${id}`, { method: "POST", headers, body })
  const input = encodeURIComponent(JSON.stringify({ text: secret, sessionId: id }))
  await fetch(`${test.url}/trpc/message.list?input=${input}`, { headers })
  await fetch(`${test.url}/api/search?q=${encodeURIComponent(secret)}`, { headers })
  await tracing.trace("analyse clip", async () => test.database.db.clip.findMany())
  await test.close()
  await tracing.stop()
})
afterAll(() => {
  collector.close()
})

const exported = () => received.flatMap(({ text }) => Export.parse(JSON.parse(text)).resourceSpans)
const allSpans = () => exported().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
const childrenOf = ({ spanId }: z.infer<typeof Span>) =>
  allSpans().flatMap(({ parentSpanId, name }) => (parentSpanId === spanId ? [name] : []))
const told = ({ attributes }: z.infer<typeof Span>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))

it("a request is a span of its route and status, in the trace that it names, with the statements that it took", () => {
  const append = allSpans().find(({ name }) => name === "POST /api/messages/:session_id")
  expect(append).toMatchObject({ traceId, parentSpanId: parentId })
  if (!append) return
  expect(told(append)).toEqual({
    "http.request.method": "POST",
    "http.route": "/api/messages/:session_id",
    "http.response.status_code": 201,
  })
  expect(childrenOf(append)).toEqual(["UPDATE sessions"])
})

it("a call of the router is told by its procedure, and work that nobody asked for by its name", () => {
  const list = allSpans().find((span) => told(span)["rpc.method"] === "message.list")
  expect(list && childrenOf(list).length).toBeGreaterThan(0)
  const work = allSpans().find(({ name }) => name === "analyse clip")
  expect(work && childrenOf(work)).toEqual(["SELECT clips"])
})

it("the server is named, and nothing that was said is told", () => {
  for (const { resource } of exported()) {
    expect(resource.attributes).toContainEqual({ key: "service.name", value: { stringValue: "strudel-agent" } })
  }
  expect(new Set(received.map(({ path }) => path))).toEqual(new Set(["/v1/traces"]))
  for (const { text } of received) for (const word of secret.split(" ").slice(1, 3)) expect(text).not.toContain(word)
})

it("nothing of it is loaded by a server that traces nothing", async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("main.ts", import.meta.url))],
    ...{ bundle: true, platform: "node", format: "esm", write: false, metafile: true, packages: "external" },
    plugins: [
      {
        name: "workspace",
        setup: ({ onResolve }) => onResolve({ filter: /^@strudel-agent\// }, ({ path }) => ({ path, external: true })),
      },
    ],
    logLevel: "silent",
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  const kinds = imports.flatMap(({ path, kind }) => (path.startsWith("@opentelemetry/") ? [kind] : []))
  expect(new Set(kinds)).toEqual(new Set(["dynamic-import"]))
})
