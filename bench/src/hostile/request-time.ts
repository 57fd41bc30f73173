import { type Agent, request } from "node:http"

/** Sends a request and resolves, once the answer was read to its end, to its status and the milliseconds that took. */
export function timeRequest(
  url: string,
  { method = "GET", body, agent }: { method?: string; body?: string | Buffer; agent?: Agent } = {},
): Promise<{ status: number; milliseconds: number; text: string }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const headers = body === undefined ? {} : { "content-type": "application/json" }
    const sent = request(url, { method, headers, ...(agent ? { agent } : {}) }, (response) => {
      const parts: Buffer[] = []
      response.on("data", (part: Buffer) => parts.push(part))
      response.on("error", reject)
      response.on("end", () => {
        const text = Buffer.concat(parts).toString()
        resolve({ status: response.statusCode ?? 0, milliseconds: performance.now() - begun, text })
      })
    })
    sent.on("error", reject)
    sent.end(body)
  })
}
