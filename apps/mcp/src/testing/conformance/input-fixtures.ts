import {
  acceptedContent,
  type CallToolResult,
  createRequestStateCodec,
  type InputRequests,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server"
import { z } from "zod"

/** What a call remembers between its rounds; a client that changes it is refused. */
const rounds = createRequestStateCodec<{ round: number }>({ key: crypto.getRandomValues(new Uint8Array(32)) })
export const requestState = { verify: rounds.verify }

const says = (text: string) => ({ content: [{ type: "text" as const, text }] })
const name = z.object({ name: z.string() })
const ok = z.object({ ok: z.boolean() })
const color = z.object({ color: z.string() })

const askName = inputRequired.elicit({ message: "What is your name?", requestedSchema: name })
const askModel = (text: string) =>
  inputRequired.createMessage({ messages: [{ role: "user", content: { type: "text", text } }], maxTokens: 100 })

const isAnswered = ({ mcpReq }: ServerContext, asked: InputRequests) =>
  Object.keys(asked).every((key) => inputResponse(mcpReq.inputResponses, key).kind !== "missing")

/** What the client said it can be asked for, of all that a call would like to know. */
function asFarAsItCan(server: McpServer, asked: InputRequests): InputRequests {
  const can = server.server.getClientCapabilities()
  const isKnown = {
    "elicitation/create": can?.elicitation,
    "sampling/createMessage": can?.sampling,
    "roots/list": can?.roots,
  }
  return Object.fromEntries(Object.entries(asked).filter(([, { method }]) => isKnown[method] !== undefined))
}

/** Adds the tools and the prompt that ask the client for something before they answer. */
export function addInputFixtures(server: McpServer): void {
  const tool = (id: string, answer: (ctx: ServerContext) => Promise<CallToolResult | InputRequiredResult>) =>
    server.registerTool(id, { description: `Asks for what the suite has ${id} ask for` }, answer)
  /** A tool that answers as soon as it was told all that it asks for. */
  const asking = (id: string, asked: InputRequests) =>
    tool(id, async (ctx) => (isAnswered(ctx, asked) ? says("Thank you.") : inputRequired({ inputRequests: asked })))
  /** The same, with a state that the client gives back. */
  const remembering = (id: string, asked: InputRequests) =>
    tool(id, async (ctx) =>
      ctx.mcpReq.requestState<{ round: number }>()?.round === 1 && isAnswered(ctx, asked)
        ? says("state-ok")
        : inputRequired({ inputRequests: asked, requestState: await rounds.mint({ round: 1 }) }),
    )

  asking("test_input_required_result_elicitation", { user_name: askName })
  asking("test_input_required_result_sampling", { capital_question: askModel("What is the capital of France?") })
  asking("test_input_required_result_list_roots", { client_roots: inputRequired.listRoots() })
  const confirm = inputRequired.elicit({ message: "Please confirm", requestedSchema: ok })
  remembering("test_input_required_result_request_state", { confirm })
  remembering("test_input_required_result_tampered_state", { confirm })
  remembering("test_input_required_result_multiple_inputs", {
    user_name: askName,
    greeting: askModel("Generate a greeting"),
    client_roots: inputRequired.listRoots(),
  })
  asking("test_missing_capability", { capital_question: askModel("What is the capital of France?") })
  asking("test_streaming_elicitation", { user_name: askName })

  tool("test_input_required_result_multi_round", async ({ mcpReq }) => {
    const round = mcpReq.requestState<{ round: number }>()?.round ?? 0
    if (round === 2 && acceptedContent(mcpReq.inputResponses, "step2", color)) return says("Thank you.")
    const step1 = inputRequired.elicit({ message: "Step 1: What is your name?", requestedSchema: name })
    const step2 = inputRequired.elicit({ message: "Step 2: What is your favorite color?", requestedSchema: color })
    return round === 1 && acceptedContent(mcpReq.inputResponses, "step1", name)
      ? inputRequired({ inputRequests: { step2 }, requestState: await rounds.mint({ round: 2 }) })
      : inputRequired({ inputRequests: { step1 }, requestState: await rounds.mint({ round: 1 }) })
  })
  tool("test_input_required_result_capabilities", async () => {
    const asked = { user_name: askName, greeting: askModel("Generate a greeting") }
    return inputRequired({ inputRequests: asFarAsItCan(server, asked) })
  })

  const context = z.object({ context: z.string() })
  const askContext = inputRequired.elicit({
    message: "What context should the prompt use?",
    requestedSchema: context,
  })
  server.registerPrompt("test_input_required_result_prompt", { description: "Asks for a context" }, ({ mcpReq }) => {
    const given = acceptedContent(mcpReq.inputResponses, "user_context", context)
    if (!given) return inputRequired({ inputRequests: { user_context: askContext } })
    return { messages: [{ role: "user" as const, content: { type: "text" as const, text: given.context } }] }
  })
}
