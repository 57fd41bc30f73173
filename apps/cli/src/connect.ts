import { type Client, createClient } from "@strudel-agent/client/client"
import { Failure, Unreachable } from "./failure.ts"

const knockMilliseconds = 10_000

async function knock(url: string): Promise<Response> {
  try {
    return await fetch(`${url}/health`, { signal: AbortSignal.timeout(knockMilliseconds) })
  } catch {
    throw new Unreachable(url)
  }
}

/** Whether an answer is that of our server: how it and its database are, or that it does not go by this name. */
async function isOurs(answer: Response): Promise<boolean> {
  const text = await answer.text().catch(() => "")
  return answer.status === 403 || /^\{.*"database":/s.test(text)
}

/**
 * A client of a server that answers; the client alone would try for seconds to reach one that is not there at all.
 * Throws a failure where no server answers, or one of another kind.
 */
export async function connect({ url, token }: { url: string; token: string | undefined }): Promise<Client> {
  const answer = await knock(url)
  if (await isOurs(answer)) return createClient({ url, token })
  throw new Failure(`What answers at ${url} is no Strudel Agent server (HTTP ${answer.status}). Check STRUDEL_URL.`)
}
