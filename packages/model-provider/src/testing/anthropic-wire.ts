import { z } from "zod"
import { halves, inputText, type Question, Refused, readAs, type ScriptedAnswer, usageOf, type Wire } from "./wire.ts"

const Block = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: z.string().regex(/\S/, "text content blocks must be non-empty") }),
  z.looseObject({ type: z.literal("thinking"), thinking: z.string(), signature: z.string().min(1) }),
  z.looseObject({
    type: z.literal("tool_use"),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
  }),
  z.looseObject({ type: z.literal("tool_result"), tool_use_id: z.string(), content: z.unknown() }),
])
type Block = z.infer<typeof Block>
const Message = z.strictObject({
  role: z.enum(["user", "assistant"]),
  content: z.union([z.string().transform((text): Block[] => [{ type: "text", text }]), z.array(Block).min(1)]),
})

const Asking = z.object({
  model: z.string(),
  max_tokens: z.number().int().min(1),
  system: z.array(z.looseObject({ type: z.literal("text"), text: z.string().min(1) })).optional(),
  messages: z.array(Message).min(1),
  tools: z
    .array(
      z.looseObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
        description: z.string().optional(),
        input_schema: z.looseObject({
          type: z.literal("object"),
          oneOf: z.undefined().optional(),
          allOf: z.undefined().optional(),
          anyOf: z.undefined().optional(),
        }),
      }),
    )
    .default([]),
  stream: z.boolean().default(false),
})

/** Each call has its result in the next message, as Anthropic wants it. */
function refuseOpenCalls(messages: z.infer<typeof Message>[]): void {
  if (messages[0]?.role !== "user") throw new Refused("messages.0: the first message must use the user role")
  messages.forEach(({ content }, index) => {
    const calls = content.flatMap((block) => (block.type === "tool_use" ? [block.id] : []))
    const next = messages[index + 1]?.content ?? []
    const results = new Set(next.flatMap((block) => (block.type === "tool_result" ? [block.tool_use_id] : [])))
    const open = calls.find((id) => !results.has(id))
    if (open !== undefined) throw new Refused(`messages.${index}: tool_use ids without tool_result: ${open}`)
  })
}

const sent = (event: { type: string; [field: string]: unknown }): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`

const begin = (index: number, block: object) => sent({ type: "content_block_start", index, content_block: block })
const delta = (index: number, more: object) => sent({ type: "content_block_delta", index, delta: more })
const end = (index: number) => sent({ type: "content_block_stop", index })

/** The blocks of an answer in order: what begins each, and what of it comes piece by piece. */
function blocksOf({ reasoning = [], text = [], calls = [] }: ScriptedAnswer, number: number) {
  const thinking = {
    block: { type: "thinking", thinking: "", signature: "" },
    deltas: [
      ...reasoning.map((thinking) => ({ type: "thinking_delta", thinking })),
      { type: "signature_delta", signature: `signature-${number}` },
    ],
  }
  const words = { block: { type: "text", text: "" }, deltas: text.map((text) => ({ type: "text_delta", text })) }
  return [
    ...(reasoning.length > 0 ? [thinking] : []),
    ...(text.length > 0 ? [words] : []),
    ...calls.map(({ name, input }, index) => ({
      block: { type: "tool_use", id: `toolu_${number}_${index}`, name, input: {} },
      deltas: ["", ...halves(inputText(input))].map((partial_json) => ({ type: "input_json_delta", partial_json })),
    })),
  ]
}

/** Anthropic counts what it had kept beside the other input. */
function usage(answer: ScriptedAnswer) {
  const { prompt, cached } = usageOf(answer)
  return { input_tokens: prompt - cached, cache_creation_input_tokens: 0, cache_read_input_tokens: cached }
}

const message = (number: number) => ({ id: `msg_${number}`, type: "message", role: "assistant", model: "scripted" })

/** Anthropic's messages. */
export const anthropicWire: Wire = {
  wantOf({ path, headers }) {
    if (path === "/v1/messages") return "answer"
    return path.startsWith("/v1/models") && headers["anthropic-version"] !== undefined ? "models" : undefined
  },
  keyOf: ({ "x-api-key": key }) => String(key),
  read(body, { headers }): Question {
    if (headers["anthropic-version"] === undefined) throw new Refused("anthropic-version: header is required")
    const { messages, tools, model, stream } = readAs(Asking, body)
    refuseOpenCalls(messages)
    return { messages, model, stream, tools: tools.map(({ name }) => name) }
  },
  whole: (answer, number) => ({
    ...message(number),
    content: [{ type: "text", text: (answer.text ?? []).join("") }],
    ...{ stop_reason: "end_turn", stop_sequence: null },
    usage: { ...usage(answer), output_tokens: usageOf(answer).completion },
  }),
  events(answer, number) {
    const { calls = [], ends } = answer
    const usual = calls.length > 0 ? "tool_use" : "end_turn"
    const stopReason = ends === "length" ? "max_tokens" : usual
    return {
      begin: [
        sent({
          type: "message_start",
          message: {
            ...message(number),
            content: [],
            stop_reason: null,
            usage: { ...usage(answer), output_tokens: 1 },
          },
        }),
        sent({ type: "ping" }),
      ],
      pieces: blocksOf(answer, number).flatMap(({ block, deltas }, index) => [
        begin(index, block),
        ...deltas.map((each) => delta(index, each)),
        end(index),
      ]),
      end: [
        sent({
          type: "message_delta",
          delta: { stop_reason: stopReason, stop_sequence: null },
          usage: { output_tokens: usageOf(answer).completion },
        }),
        sent({ type: "message_stop" }),
      ],
    }
  },
  more: (text) => begin(90, { type: "text", text: "" }) + delta(90, { type: "text_delta", text }) + end(90),
  moreOfCall: (text) =>
    begin(91, { type: "tool_use", id: "toolu_more", name: "list", input: {} }) +
    delta(91, { type: "input_json_delta", partial_json: text }),
  malformed: 'event: content_block_delta\ndata: {"type": "content_block_delta", "index\n\n',
  overloaded: sent({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }),
  refusal(status, words) {
    const types: Record<number, string> = {
      401: "authentication_error",
      429: "rate_limit_error",
      529: "overloaded_error",
    }
    const error = { type: types[status] ?? "invalid_request_error", message: words }
    return { status, body: { type: "error", error } }
  },
  models: {
    data: [
      { type: "model", id: "scripted", display_name: "Scripted", created_at: "2026-01-01T00:00:00Z" },
      { type: "model", id: "other", display_name: "Other", created_at: "2026-01-01T00:00:00Z" },
    ],
    ...{ has_more: false, first_id: "scripted", last_id: "other" },
  },
}
