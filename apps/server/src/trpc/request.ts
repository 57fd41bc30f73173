import type { FastifyReply, FastifyRequest } from "fastify"

/** A request whose body was read and parsed before. */
class ParsedRequest extends Request {
  override readonly json: () => Promise<unknown>

  constructor(url: URL, init: RequestInit, body: unknown) {
    super(url, init)
    this.json = async () => body
  }
}

function headersOf({ headers }: FastifyRequest): Headers {
  const all = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of [value ?? []].flat()) all.append(name, each)
  }
  return all
}

/** A request as tRPC takes it; its signal ends when who asked has left. */
export function toTrpcRequest(request: FastifyRequest, reply: FastifyReply): Request {
  const control = new AbortController()
  reply.raw.once("close", () => control.abort())
  const init = { method: request.method, headers: headersOf(request), signal: control.signal }
  return new ParsedRequest(new URL(request.url, "http://door"), init, request.body)
}
