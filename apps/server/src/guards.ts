import { createHash, timingSafeEqual } from "node:crypto"
import { ApiError } from "@strudel-agent/api/errors"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { refusalOfOrigin } from "./own-origin.ts"
import { isUnder, programDoorOf, refuse } from "./refusal.ts"
import { pathOf } from "./request-target.ts"
import { splitToken } from "./token-in-address.ts"

export interface GuardOptions {
  /** Names besides localhost and IP addresses that the server is reached by, in lower case, without a port. */
  allowedHosts: string[]
  /** What callers have to know; none asks for nothing. */
  token?: string | undefined
  /** Whether pages of the web app's development server may open the WebSocket that reloads them. */
  dev?: boolean
}

const cookieName = "strudel_token"

const hashed = (text: string): Buffer => createHash("sha256").update(text).digest()
const matches = (given: string, wanted: string): boolean => timingSafeEqual(hashed(given), hashed(wanted))

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function cookieOf(request: FastifyRequest): string | undefined {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [name, value] = pair.trim().split("=")
    if (name === cookieName && value) return decoded(value)
  }
  return undefined
}

/** Whether a request brings the token, as a bearer or by the cookie that a page got. */
export function isAuthorised(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return true
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "")?.[1]
  const given = bearer ?? cookieOf(request)
  return given !== undefined && matches(given, token)
}

/** A WebSocket that nothing here answers: all of them, but for the one by which a page of development hears of edits. */
function isUnansweredSocket({ headers, url }: FastifyRequest, dev: boolean): boolean {
  if (!/\bwebsocket\b/i.test(headers.upgrade ?? "")) return false
  return !(dev && headers.origin !== undefined && isUnder(url, "/_next/hmr"))
}

/** What holds no data: whether the server is well, and how its interface looks. */
const isOpen = (url: string): boolean => {
  const path = pathOf(url)
  return path === "/health" || path === "/api/openapi.json" || isUnder(path, "/api/docs")
}

/** Leads a page that is opened with `?token=…` to the same address without it; undefined where the token is another. */
function takeToken({ method, url }: FastifyRequest, reply: FastifyReply, token: string): FastifyReply | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined
  const { tokens, address } = splitToken(url)
  if (!tokens.some((given) => matches(given, token))) return undefined
  const cookie = `${cookieName}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`
  return reply.code(303).headers({ "set-cookie": cookie, "cache-control": "no-store", location: address }).send()
}

/**
 * Refuses requests under a name that could have been rebound, requests that a page of another origin makes, WebSockets,
 * and, where there is a token, requests without it. A page opened with `?token=…` gets it as a cookie.
 */
export function registerGuards(app: FastifyInstance, { allowedHosts, token, dev = false }: GuardOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    const refusal = refusalOfOrigin(request, allowedHosts)
    if (refusal) return refuse(request, reply, refusal)
    if (isUnansweredSocket(request, dev)) {
      return refuse(request, reply.header("connection", "close"), new ApiError("SOCKET_REFUSED"))
    }
    if (token === undefined) return
    if (!URL.canParse(request.url, "http://door")) return refuse(request, reply, new ApiError("PATH_NOT_FOUND"))
    const redirected = takeToken(request, reply, token)
    if (redirected) return redirected
    if (isOpen(request.url) || isAuthorised(request, token)) return
    const forPages = "This server asks for a token. Open this page once with ?token=… at the end of its address."
    const isPage = programDoorOf(request.url) === undefined
    reply.header("www-authenticate", "Bearer")
    return refuse(request, reply, new ApiError("TOKEN_REQUIRED", isPage ? forPages : undefined))
  })
}
