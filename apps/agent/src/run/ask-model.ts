import { setTimeout as sleep } from "node:timers/promises"
import { limits as contractLimits } from "@strudel-agent/contract/limits"
import type { RunEvent, RunUsage } from "@strudel-agent/contract/run"
import type { ChosenModel } from "@strudel-agent/model-provider/chosen-model"
import { ProviderSilent, problemOf } from "@strudel-agent/model-provider/failure"
import { type LanguageModel, type ModelMessage, streamText, type ToolSet } from "ai"
import { RunFailed } from "./run-over.ts"

export interface Question {
  model: LanguageModel
  chosen: ChosenModel
  secrets: readonly string[]
  system: string
  messages: ModelMessage[]
  tools: ToolSet
  /** Aborted with why the run cannot be gone on with. */
  signal: AbortSignal
  /** Hears what comes, as it comes. */
  onEvent(event: Extract<RunEvent, { type: "text" | "reasoning" | "wait" }>): void
  /** Hears what each answer took, also one that is of no use, and the US dollars that the provider says it takes for it. */
  onUsage(usage: RunUsage, cost: number | null): void
  limits: AskLimits
}

export interface AskLimits {
  /** Milliseconds without a word after which an answer is given up, and that one may take in all. */
  silence: number
  answer: number
  /** Milliseconds that a provider is waited for in all, and tries of one question. */
  wait: number
  tries: number
}

export const usualAskLimits: AskLimits = { silence: 120_000, answer: 600_000, wait: 120_000, tries: 5 }

/** A tool that the model calls. */
export interface Call {
  id: string
  name: string
  /** What it gave; a text where that was no JSON. */
  input: unknown
  isMalformed: boolean
}

export interface Answer {
  /** What the model said, as it is told again to go on. */
  messages: ModelMessage[]
  calls: Call[]
}

/** An answer without anything in it. */
class Empty extends Error {
  constructor() {
    super("JSON parse: nothing came")
  }
}

const tooLong = (words: string) => new RunFailed({ reason: "too-long", words })

/** Aborts where nothing is heard for too long, where an answer takes too long, and where its calls grow too long. */
function listenFor({ silence, answer }: AskLimits) {
  const over = new AbortController()
  let room = contractLimits.run.bytes
  let timer: NodeJS.Timeout | undefined
  const longest = setTimeout(() => {
    over.abort(tooLong(`The answer was not there after ${Math.ceil(answer / 60_000)} min. Ask for less at once.`))
  }, answer)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => over.abort(new ProviderSilent(silence / 1000)), silence)
  }
  heard()
  return {
    signal: over.signal,
    heard,
    called(characters: number) {
      room -= characters
      if (room < 0)
        over.abort(tooLong("The model called a tool with more than one call may have. Ask for less at once."))
    },
    end() {
      clearTimeout(timer)
      clearTimeout(longest)
    },
  }
}

/** A cost that a provider tells beside the tokens, as OpenRouter does. */
const reportedCost = (raw: { cost?: unknown } | undefined): number | null =>
  typeof raw?.cost === "number" && raw.cost >= 0 ? raw.cost : null

interface Heard {
  /** Whether words came, which cannot be taken back. */
  words: boolean
}

/** Tokens of one answer of Anthropic, which wants to be told: the SDK takes few for a model that it does not know. */
const mostTokens = 32_000

async function askOnce(question: Question, heard: Heard): Promise<Answer> {
  const { model, chosen, system, messages, tools, signal, onEvent, onUsage, limits } = question
  const listening = listenFor(limits)
  try {
    const result = streamText({
      ...{ model, messages, tools, maxRetries: 0 },
      ...(chosen.provider === "anthropic" ? { maxOutputTokens: mostTokens } : {}),
      system: {
        role: "system",
        content: system,
        providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } },
      },
      abortSignal: AbortSignal.any([signal, listening.signal]),
      // Errors come as parts, too; unheard, they would be printed with all that was sent.
      onError: () => {},
    })
    const calls: Call[] = []
    let finish = ""
    for await (const part of result.fullStream) {
      listening.heard()
      if (part.type === "text-delta" || part.type === "reasoning-delta") {
        if (part.text === "") continue
        heard.words ||= part.type === "text-delta"
        onEvent({ type: part.type === "text-delta" ? "text" : "reasoning", text: part.text })
      } else if (part.type === "tool-input-delta") listening.called(part.delta.length)
      else if (part.type === "tool-call") {
        const isMalformed = part.dynamic === true && part.invalid === true && typeof part.input === "string"
        calls.push({ id: part.toolCallId, name: part.toolName, input: part.input, isMalformed })
      } else if (part.type === "finish-step") {
        const { inputTokens = 0, outputTokens = 0, inputTokenDetails, raw } = part.usage
        onUsage({ inputTokens, outputTokens, cachedTokens: inputTokenDetails.cacheReadTokens ?? 0 }, reportedCost(raw))
        finish = part.finishReason
      } else if (part.type === "error") throw part.error
      else if (part.type === "abort") throw signal.aborted ? signal.reason : listening.signal.reason
    }
    signal.throwIfAborted()
    if (calls.length === 0 && !heard.words) throw new Empty()
    refuseCut(finish, question)
    const response = await result.response
    return { messages: response.messages.filter(({ role }) => role === "assistant"), calls }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw listening.signal.aborted ? listening.signal.reason : error
  } finally {
    listening.end()
  }
}

function refuseCut(finish: string, { chosen: { name } }: Question): void {
  if (finish === "length") {
    throw new RunFailed({
      reason: "too-long",
      words: "The answer reached the length that the model may write. Ask it to go on.",
    })
  }
  if (finish === "content-filter") {
    throw new RunFailed({ reason: "provider", words: `${name} held the answer back by its content filter.` })
  }
}

/** Asks the model once more of what was said so far; waits where the provider asks for that, and tries again what passes. */
export async function askModel(question: Question): Promise<Answer> {
  const { chosen, secrets, signal, onEvent, limits } = question
  let waited = 0
  for (let tries = 1; ; tries++) {
    const heard: Heard = { words: false }
    try {
      return await askOnce(question, heard)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (error instanceof RunFailed) throw error
      const { failure, retryAfter } = problemOf(error, { ...chosen, secrets })
      // Words that were read cannot be taken back: a person asks for the rest.
      const isOver =
        retryAfter === undefined || heard.words || tries >= limits.tries || waited + retryAfter > limits.wait
      if (isOver) throw new RunFailed(failure)
      const pause = Math.max(retryAfter, 500 * 2 ** (tries - 1))
      waited += pause
      onEvent({ type: "wait", words: `${failure.words} Trying again in ${Math.max(1, Math.round(pause / 1000))} s.` })
      await sleep(pause, undefined, { signal }).catch(() => {
        throw signal.reason
      })
    }
  }
}
