import { isIP } from "node:net"
import { ApiError } from "@strudel-agent/api/errors"
import type { FastifyRequest } from "fastify"
import { programDoorOf } from "./refusal.ts"
import { authorityOf } from "./request-target.ts"

/** A name or an address and a port; nothing else that a URL would take in its place, such as a user or a path. */
const plainHost = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d*)?$/i

/** A host with its port as a URL writes it; undefined where it is none. */
function hostUrlOf(host: string): URL | undefined {
  const url = `http://${host}`
  return plainHost.test(host) && URL.canParse(url) ? new URL(url) : undefined
}

/** An IP address cannot be rebound by a DNS server, and neither can the names of this machine. */
function isTrustedHost(host: string, allowedHosts: string[]): boolean {
  const name = hostUrlOf(host)?.hostname.replace(/^\[|\]$/g, "")
  if (name === undefined) return false
  return isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost") || allowedHosts.includes(name)
}

const isSameHost = (one: string, other: string): boolean => hostUrlOf(one)?.host === hostUrlOf(other)?.host

const isOwnOrigin = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === hostUrlOf(host)?.host

/** Whether a request names its host more than once, in which case two programs may take it for different ones. */
function namesSeveralHosts({ headers, originalUrl, raw }: FastifyRequest): boolean {
  const named = raw.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === "host")
  const authority = authorityOf(originalUrl)
  return named.length > 1 || (authority !== undefined && !isSameHost(authority, headers.host ?? ""))
}

/** Whether the browser says that a page elsewhere asks, other than by following a link to a page. */
function isForeignFetch({ headers, method, url }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"]
  if (site === undefined || site === "same-origin" || site === "none") return false
  const followsLink = headers["sec-fetch-mode"] === "navigate" && (method === "GET" || method === "HEAD")
  return !followsLink || programDoorOf(url) !== undefined
}

/** Why a request is refused that came under a name which could have been rebound, or from a page of another origin. */
export function refusalOfOrigin(request: FastifyRequest, allowedHosts: string[]): ApiError | undefined {
  const { host = "", origin } = request.headers
  if (namesSeveralHosts(request)) return new ApiError("HOST_REFUSED", "The request names more than one host.")
  if (!isTrustedHost(host, allowedHosts)) {
    const words = `This server does not go by the name "${host}". STRUDEL_ALLOWED_HOSTS lists further names.`
    return new ApiError("HOST_REFUSED", words)
  }
  if ((origin !== undefined && !isOwnOrigin(origin, host)) || isForeignFetch(request)) {
    return new ApiError("ORIGIN_REFUSED", "Pages of another origin cannot use this server.")
  }
  return undefined
}
