import { createLiveHub } from "@strudel-agent/api/live"
import { createCaller } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/contract/limits"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import Fastify, { type FastifyInstance, type InjectOptions } from "fastify"
import type { z } from "zod"
import { failureHandler } from "../answering/failure.ts"
import { type RestOptions, registerRest } from "../rest.ts"
import { readDocument } from "./documented.ts"

export interface Answer {
  status: number
  headers: Record<string, unknown>
  text: string
  /** The body read as JSON, undefined where there is none. */
  body: unknown
  read<T>(schema: z.ZodType<T>): T
}

type Method = NonNullable<InjectOptions["method"]>

/** A server with nothing but the REST door; every answer that its calls get is checked against its own document. */
export async function openDoor(options: RestOptions) {
  const app = Fastify({
    routerOptions: { maxParamLength: 5000 },
    bodyLimit: limits.requestBytes.usual,
    frameworkErrors: failureHandler(options.log),
  })
  await registerRest(app, options)
  const described = readDocument((await app.inject("/api/openapi.json")).json())

  const send = async (method: Method, path: string, more: Partial<InjectOptions> = {}): Promise<Answer> => {
    const url = `/api${path}`
    const { statusCode: status, headers, payload: text } = await app.inject({ method, url, ...more })
    described.check({ method, url, status, text, headers })
    const body: unknown = text === "" || !`${headers["content-type"]}`.includes("json") ? undefined : JSON.parse(text)
    return { status, headers, text, body, read: (schema) => schema.parse(body) }
  }

  const sendJson = (method: Method) => (path: string, body: unknown) =>
    send(method, path, { headers: { "content-type": "application/json" }, payload: JSON.stringify(body) })

  return {
    app,
    ...described,
    send,
    get: (path: string) => send("GET", path),
    delete: (path: string) => send("DELETE", path),
    post: sendJson("POST"),
    put: sendJson("PUT"),
    patch: sendJson("PATCH"),
  }
}

export type Door = Awaited<ReturnType<typeof openDoor>>

export const pool = { size: 2, maxOverflow: 4, recycleSeconds: 3600, commandTimeoutSeconds: 30, echo: false }

/** Its threads start with the first code, and do not hold the process. */
const analyser = createAnalyser({ deadline: 1_000, kill: 3_000 })

/** The router on a database, for a caller that brought the token or for one that did not. */
export const callerOn = (database: Database, authorised = true) =>
  createCaller({
    ...{ database, authorised, live: createLiveHub({ database }), analyser },
    ...{ checksPages: true, address: "127.0.0.1" },
  })

/** The REST door on a database of its own, and the router itself on the same one. */
export async function openRest() {
  const test = await createTestDatabase()
  const database = createDatabase({ url: test.url, pool })
  const caller = callerOn(database)
  const door = await openDoor({ callerFor: () => caller })
  return { ...door, database, databaseUrl: test.url, caller, close: () => closeAll(door.app, database, test) }
}

export type Rest = Awaited<ReturnType<typeof openRest>>

async function closeAll(app: FastifyInstance, database: Database, test: { close(): Promise<void> }): Promise<void> {
  await app.close()
  await database.close()
  await test.close()
}

/** Follows x-next-cursor from the first page of a list to its last; `between` happens after each page. */
export async function readPages(rest: Door, path: string, between?: () => Promise<unknown>): Promise<unknown[][]> {
  const pages: unknown[][] = []
  let cursor: unknown = ""
  while (cursor !== undefined) {
    const next = cursor === "" ? "" : `${path.includes("?") ? "&" : "?"}cursor=${cursor}`
    const answer = await rest.get(`${path}${next}`)
    if (answer.status !== 200 || !Array.isArray(answer.body)) throw new Error(`a page failed: ${answer.text}`)
    pages.push(answer.body)
    cursor = answer.headers["x-next-cursor"]
    await between?.()
  }
  return pages
}
