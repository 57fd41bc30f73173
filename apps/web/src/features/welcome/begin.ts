import type { Inputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { sendFirst } from "#shared/transcript/first-message.ts"

type Create = Inputs["session"]["create"]

/** The calls by which a session is begun. */
interface Calls {
  session: {
    create: { mutate: (input: Create) => Promise<{ displayName: string }> }
    byId: { query: (input: Inputs["session"]["byId"]) => Promise<{ displayName: string }> }
  }
  message: { append: { mutate: (input: Inputs["message"]["append"]) => Promise<unknown> } }
}

/**
 * Begins a session with a request, which this installation's agent is to answer: without a model it waits for one. Rejects
 * where there is no session; with the same ids it can be called again.
 */
export async function begin(client: Calls, ids: { session: string; message: string }, content: string) {
  const { displayName } = await client.session.create
    .mutate({ id: ids.session, answeredBy: "strudel" })
    .catch((error: unknown) => {
      // An earlier try made it, and its answer was lost.
      if (reasonOf(error) === "SESSION_EXISTS") return client.session.byId.query({ id: ids.session })
      throw error
    })
  const problem = await sendFirst(client.message.append.mutate, ids.session, { clientId: ids.message, content })
  return { displayName, problem }
}
