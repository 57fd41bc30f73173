import { z } from "zod"
import { type Question, Refused, readAs, type ScriptedAnswer, usageOf, type Wire } from "./wire.ts"

/** What schemas of functions may have; of anything else Google says that it is an unknown name. */
const Schema = z.strictObject({
  type: z.enum(["string", "number", "integer", "boolean", "array", "object", "null"]).optional(),
  format: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  nullable: z.boolean().optional(),
  enum: z.array(z.string()).optional(),
  required: z.array(z.string()).optional(),
  minLength: z.number().optional(),
  get properties() {
    return z.record(z.string(), Schema).optional()
  },
  get items() {
    return Schema.optional()
  },
  get anyOf() {
    return z.array(Schema).optional()
  },
})

const Part = z.looseObject({
  text: z.string().optional(),
  functionCall: z.looseObject({ name: z.string(), args: z.record(z.string(), z.unknown()) }).optional(),
  functionResponse: z.looseObject({ name: z.string(), response: z.record(z.string(), z.unknown()) }).optional(),
  thoughtSignature: z.string().optional(),
})
const Content = z.strictObject({ role: z.enum(["user", "model"]), parts: z.array(Part).min(1) })
type Content = z.infer<typeof Content>

const Asking = z.object({
  contents: z.array(Content).min(1),
  systemInstruction: z.looseObject({ parts: z.array(Part) }).optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z.array(
          z.strictObject({
            name: z.string().regex(/^[a-zA-Z_][\w.:-]{0,63}$/),
            description: z.string(),
            parameters: Schema.optional(),
          }),
        ),
      }),
    )
    .default([]),
})

const count = ({ parts }: Content, what: "functionCall" | "functionResponse"): number =>
  parts.filter((part) => part[what] !== undefined).length

/** As many responses as calls, right behind them, and what was signed comes back signed. */
function refuseOpenCalls(contents: Content[]): void {
  contents.forEach((content, index) => {
    const calls = count(content, "functionCall")
    const next = contents[index + 1]
    if (calls > 0 && (!next || count(next, "functionResponse") !== calls)) {
      throw new Refused("The number of function response parts is not equal to that of the function call turn.")
    }
    if (calls > 0 && content.parts.find((part) => part.functionCall)?.thoughtSignature === undefined) {
      throw new Refused("Function call is missing a thought_signature in functionCall parts.")
    }
  })
}

const sent = (event: object): string => `data: ${JSON.stringify(event)}\r\n\r\n`

/** One response; Google counts in each. */
const response = (parts: object[], more: object = {}, answer: ScriptedAnswer = {}) => {
  const { prompt, cached, completion } = usageOf(answer)
  return {
    candidates: [{ content: { role: "model", parts }, index: 0, ...more }],
    usageMetadata: {
      ...{ promptTokenCount: prompt, cachedContentTokenCount: cached, candidatesTokenCount: completion },
      totalTokenCount: prompt + completion,
    },
    modelVersion: "scripted",
    responseId: "answer",
  }
}

const partsOf = ({ reasoning = [], text = [], calls = [] }: ScriptedAnswer, number: number): object[] => [
  ...reasoning.map((each) => ({ text: each, thought: true })),
  ...text.map((each) => ({ text: each })),
  ...calls.map(({ name, input }, index) => ({
    functionCall: { name, args: input },
    ...(index === 0 ? { thoughtSignature: `signature-${number}` } : {}),
  })),
]

const ask = /^\/v1beta\/models\/([^:]+):(streamGenerateContent\?alt=sse|generateContent)$/

const statuses: Record<number, string> = { 429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE" }
const failure = (code: number, message: string, details: object[] = []) => ({
  status: code,
  body: { error: { code, message, status: statuses[code] ?? "INVALID_ARGUMENT", details } },
})

/** Google's generateContent. */
export const googleWire: Wire = {
  wantOf({ path }) {
    if (ask.test(path)) return "answer"
    return path.startsWith("/v1beta/models?") ? "models" : undefined
  },
  keyOf: ({ "x-goog-api-key": key }) => String(key),
  read(body, { path }): Question {
    const { contents, tools } = readAs(Asking, body)
    refuseOpenCalls(contents)
    const [, model = "", method = ""] = ask.exec(path) ?? []
    return {
      model,
      messages: contents.map(({ role, parts }) => ({ role, content: parts })),
      tools: tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name)),
      stream: method.startsWith("stream"),
    }
  },
  whole: (answer) => response([{ text: (answer.text ?? []).join("") }], { finishReason: "STOP" }, answer),
  events(answer, number) {
    const finishReason = answer.ends === "length" ? "MAX_TOKENS" : "STOP"
    return {
      begin: [],
      pieces: partsOf(answer, number).map((part) => sent(response([part], {}, answer))),
      end: [sent(response([{ text: "" }], { finishReason }, answer))],
    }
  },
  more: (text) => sent(response([{ text }])),
  moreOfCall: () => undefined,
  malformed: 'data: {"candidates": [{"content"\r\n\r\n',
  overloaded: sent(failure(503, "The model is overloaded. Please try again later.").body),
  refusal(status, words) {
    // A wrong key is an argument like any other.
    if (status === 401) return failure(400, "API key not valid.", [{ reason: "API_KEY_INVALID" }])
    return failure(status, words)
  },
  models: {
    models: [
      {
        ...{ name: "models/scripted", displayName: "Scripted", inputTokenLimit: 1_000_000 },
        supportedGenerationMethods: ["generateContent", "countTokens"],
      },
      { name: "models/embedding", displayName: "Embedding", supportedGenerationMethods: ["embedContent"] },
    ],
  },
}
