import { createHash, timingSafeEqual } from "node:crypto"
import { isIP } from "node:net"
import { ApiError } from "@strudel-agent/api/errors"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { isUnder, refuse } from "./refusal.ts"

export interface GuardOptions {
  /** Names besides localhost and IP addresses that the server is reached by, in lower case, without a port. */
  allowedHosts: string[]
  /** What callers have to know; none asks for nothing. */
  token?: string | undefined
}

const cookieName = "strudel_token"

const hashed = (text: string): Buffer => createHash("sha256").update(text).digest()
const matches = (given: string, wanted: string): boolean => timingSafeEqual(hashed(given), hashed(wanted))

/** The host name of a Host header or of an origin, without its port; undefined where it is none. */
function hostNameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "")
  } catch {
    return undefined
  }
}

/** An IP address cannot be rebound by a DNS server, and neither can the names of this machine. */
function isTrustedHost(host: string, allowedHosts: string[]): boolean {
  const name = hostNameOf(host)
  if (name === undefined) return false
  return isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost") || allowedHosts.includes(name)
}

function isOwnOrigin(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === new URL(`http://${host}`).host
  } catch {
    return false
  }
}

/** Whether the browser says that a page elsewhere asks, other than by following a link to a page. */
function isForeignFetch({ headers, method, url }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"]
  if (site === undefined || site === "same-origin" || site === "none") return false
  const followsLink = headers["sec-fetch-mode"] === "navigate" && (method === "GET" || method === "HEAD")
  return !followsLink || isUnder(url, "/trpc") || isUnder(url, "/api")
}

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

/** What holds no data: whether the server is well, and how its interface looks. */
const isOpen = (url: string): boolean => {
  const path = url.split("?")[0]
  return path === "/health" || path === "/api/openapi.json" || isUnder(url, "/api/docs")
}

/**
 * Refuses requests under a name that could have been rebound, requests that a page of another origin makes, and, where
 * there is a token, requests without it. A page opened with `?token=…` gets it as a cookie.
 */
export function registerGuards(app: FastifyInstance, { allowedHosts, token }: GuardOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    const { host, origin } = request.headers
    if (!host || !isTrustedHost(host, allowedHosts)) {
      const words = `This server does not go by the name "${host ?? ""}". STRUDEL_ALLOWED_HOSTS lists further names.`
      return refuse(request, reply, new ApiError("HOST_REFUSED", words))
    }
    if ((origin !== undefined && !isOwnOrigin(origin, host)) || isForeignFetch(request)) {
      return refuse(request, reply, new ApiError("ORIGIN_REFUSED", "Pages of another origin cannot use this server."))
    }
    if (token === undefined || isOpen(request.url)) return
    if (!URL.canParse(request.url, "http://door")) {
      return refuse(request, reply, new ApiError("PATH_NOT_FOUND"))
    }
    const { pathname, searchParams } = new URL(request.url, "http://door")
    const brought = searchParams.get("token")
    if (brought !== null && matches(brought, token)) {
      const cookie = `${cookieName}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`
      return reply.header("set-cookie", cookie).redirect(pathname.replace(/^\/+/, "/"), 303)
    }
    if (isAuthorised(request, token)) return
    const forPages = "This server asks for a token. Open this page once with ?token=… at the end of its address."
    const forPrograms = isUnder(request.url, "/trpc") || isUnder(request.url, "/api")
    reply.header("www-authenticate", "Bearer")
    return refuse(request, reply, new ApiError("TOKEN_REQUIRED", forPrograms ? undefined : forPages))
  })
}
