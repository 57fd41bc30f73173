import { z } from "zod"
import { halves, inputText, readAs, type ScriptedAnswer, usageOf, type Wire } from "./wire.ts"

const Question = z.object({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).default([]),
  stream: z.boolean().default(false),
})

/** What those who speak OpenAI's interface say in ways of their own. */
export interface Dialect {
  reasoning: "reasoning_content" | "reasoning"
  /** Sent before the answer, while the model is waited for. */
  comment?: string
  /** Whether calls of tools come in one piece, and end as what is said does. */
  wholeCalls: boolean
}

export const dialects = {
  openai: { reasoning: "reasoning_content", wholeCalls: false },
  openrouter: { reasoning: "reasoning", comment: ": OPENROUTER PROCESSING\n\n", wholeCalls: false },
  ollama: { reasoning: "reasoning", wholeCalls: true },
} as const satisfies Record<string, Dialect>

const sent = (event: object): string => `data: ${JSON.stringify(event)}\n\n`

const piece = (delta: object, finish: string | null = null) => ({
  id: "answer",
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason: finish }],
})

function usage(answer: ScriptedAnswer) {
  const { prompt, cached, completion, cost } = usageOf(answer)
  return {
    ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    prompt_tokens_details: { cached_tokens: cached },
    ...(cost === undefined ? {} : { cost }),
  }
}

function callPieces(answer: ScriptedAnswer, number: number, { wholeCalls }: Dialect): object[] {
  return (answer.calls ?? []).flatMap(({ name, input }, index) => {
    const text = inputText(input)
    const [first = "", ...rest] = wholeCalls ? [text] : halves(text)
    const begin = { index, id: `call_${number}_${index}`, type: "function", function: { name, arguments: first } }
    return [begin, ...rest.map((more) => ({ index, function: { arguments: more } }))]
  })
}

/** OpenAI's chat completions, as OpenAI or another one speaks them. */
export const openAiWire = (dialect: Dialect): Wire => ({
  wantOf({ path, headers }) {
    if (path === "/v1/chat/completions") return "answer"
    return path === "/v1/models" && headers["anthropic-version"] === undefined ? "models" : undefined
  },
  keyOf: ({ authorization }) => authorization?.replace(/^Bearer /, ""),
  read(body) {
    const { tools, ...question } = readAs(Question, body)
    return { ...question, tools: tools.map((tool) => tool.function.name) }
  },
  whole(answer, number) {
    const message = { role: "assistant", content: (answer.text ?? []).join("") }
    const choices = [{ index: 0, message, finish_reason: "stop" }]
    return { id: `answer-${number}`, choices, usage: usage(answer) }
  },
  events(answer, number) {
    const { reasoning = [], text = [], calls = [], ends } = answer
    const deltas = [
      ...reasoning.map((each) => ({ [dialect.reasoning]: each })),
      ...text.map((each) => ({ content: each })),
      ...callPieces(answer, number, dialect).map((call) => ({ tool_calls: [call] })),
    ]
    const called = calls.length > 0 && !dialect.wholeCalls ? "tool_calls" : "stop"
    return {
      begin: dialect.comment === undefined ? [] : [dialect.comment],
      pieces: deltas.map((delta) => sent(piece({ role: "assistant", ...delta }))),
      end: [
        sent(piece({}, ends === "length" ? "length" : called)),
        sent({ ...piece({}), choices: [], usage: usage(answer) }),
        "data: [DONE]\n\n",
      ],
    }
  },
  more: (text) => sent(piece({ content: text })),
  moreOfCall(text) {
    const call = { index: 0, id: "call_more", type: "function", function: { name: "list", arguments: text } }
    return sent(piece({ tool_calls: [call] }))
  },
  malformed: 'data: {"choices": [{"delta"\n\n',
  overloaded: sent({ ...piece({ content: "" }, "error"), error: { code: 502, message: "Provider overloaded" } }),
  refusal: (status, message) => ({ status, body: { error: { message } } }),
  models: {
    object: "list",
    data: [
      { id: "scripted", object: "model" },
      { id: "other", object: "model" },
    ],
  },
})
