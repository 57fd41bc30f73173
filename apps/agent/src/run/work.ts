import { checkJson, isJsonObject } from "@strudel-agent/contract/json"
import { limits as contractLimits } from "@strudel-agent/contract/limits"
import type { Run, RunEvent } from "@strudel-agent/contract/run"
import type { Session } from "@strudel-agent/contract/session"
import type { ModelMessage, ToolResultPart } from "ai"
import { shortened } from "../prompt/conversation.ts"
import { type Answer, type AskLimits, askModel, type Call, type Question } from "./ask-model.ts"
import type { CostGuard } from "./cost-guard.ts"
import { RunFailed } from "./run-over.ts"
import { type CalledTool, callRunTool, findTool, noSuchTool, type ToolCaller, toolSet } from "./run-tools.ts"
import type { RunWriter } from "./run-writer.ts"

export interface Work extends Omit<Question, "onEvent" | "onUsage" | "limits" | "tools"> {
  run: Run
  session: Session
  caller: Omit<ToolCaller, "signal">
  writer: RunWriter
  costs: CostGuard
  limits: WorkLimits
}

export interface WorkLimits extends AskLimits {
  /** How often the model is asked in one run. */
  steps: number
}

/** Characters of a call and of its result in what people read, and of all results that the model is told in full. */
const most = { field: 8000, result: 12_000, results: 120_000, forgotten: 400 }

/** What a call is given as people read it: long texts shortened. */
function shownInput(input: unknown): Extract<RunEvent, { type: "call" }>["input"] {
  const short = JSON.parse(
    JSON.stringify(input ?? {}, (_key, value: unknown) =>
      typeof value === "string" ? shortened(value, most.field) : value,
    ),
  )
  if (isJsonObject(short) && checkJson(short, contractLimits.metadataBytes) === undefined) return short
  return { input: shortened(typeof input === "string" ? input : JSON.stringify(input), most.field) }
}

const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed()

async function callOnce(call: Call, id: string, { caller, signal }: Work): Promise<CalledTool> {
  const tool = findTool(call.name)
  if (!tool) return noSuchTool(call.name)
  if (call.isMalformed) return { ok: false, text: "The input of this call is no JSON: call again with a JSON object." }
  return callRunTool(tool, call.input, { ...caller, signal, callId: id })
}

/** Calls what the model called, one after the other; answers what the model is told of it. */
async function callTools({ calls }: Answer, step: number, work: Work): Promise<ModelMessage> {
  const content: ToolResultPart[] = []
  for (const [index, call] of calls.entries()) {
    work.signal.throwIfAborted()
    // Ids of a provider may come again with its next answer.
    const callId = `${step}.${index + 1}`
    const title = findTool(call.name)?.title ?? call.name.slice(0, 100)
    work.writer.add({ type: "call", callId, tool: call.name.slice(0, 100), title, input: shownInput(call.input) })
    // Whoever takes the run up must see that it did something.
    await work.writer.flush(work.signal)
    work.signal.throwIfAborted()
    const { ok, text } = await callOnce(call, callId, work)
    work.writer.add({ type: "result", callId, ok, text: storable(shortened(text, most.result)) })
    const output = { type: ok ? ("text" as const) : ("error-text" as const), value: storable(text) }
    content.push({ type: "tool-result", toolCallId: call.id, toolName: call.name, output })
  }
  return { role: "tool", content }
}

/** Results of tools within what a model is told: of what is older only the beginning and the end. */
export function withinBudget(messages: ModelMessage[]): ModelMessage[] {
  let left = most.results
  const shorten = (part: ToolResultPart): ToolResultPart => {
    const { output } = part
    if (output.type !== "text" && output.type !== "error-text") return part
    left -= output.value.length
    return left >= 0 ? part : { ...part, output: { ...output, value: shortened(output.value, most.forgotten) } }
  }
  return messages
    .toReversed()
    .map((message) =>
      message.role === "tool"
        ? {
            ...message,
            content: message.content
              .toReversed()
              .map((part) => (part.type === "tool-result" ? shorten(part) : part))
              .toReversed(),
          }
        : message,
    )
    .toReversed()
}

/** Asks the model and calls what it calls until it is done; throws why it cannot be. */
export async function workOn(work: Work): Promise<void> {
  const { writer, costs, limits } = work
  let messages = work.messages
  for (let step = 1; step <= limits.steps; step++) {
    await costs.check()
    const answer = await askModel({
      ...work,
      messages,
      tools: toolSet,
      onEvent: (event) => writer.add(event.type === "wait" ? event : { ...event, text: storable(event.text) }),
      onUsage: (usage, cost) => costs.add(usage, cost),
    })
    if (answer.calls.length === 0) return
    messages = withinBudget([...messages, ...answer.messages, await callTools(answer, step, work)])
  }
  throw new RunFailed({
    reason: "too-long",
    words: `The agent took ${limits.steps} steps and was not done. Ask it to go on, or for less at once.`,
  })
}
