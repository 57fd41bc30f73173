import type { IncomingHttpHeaders } from "node:http"
import { z } from "zod"

/** What the provider does when it is asked once. */
export interface ScriptedAnswer {
  /** Pieces of text and of reasoning, and tools that are called, in this order. */
  reasoning?: string[]
  text?: string[]
  calls?: { name: string; input: unknown }[]
  /** Tokens that it says it counted, and US dollars that OpenRouter says it takes. */
  usage?: { prompt: number; cached?: number; completion: number; cost?: number }
  /** Milliseconds before each piece. */
  pause?: number
  /** Another status than 200, with its headers and body. */
  status?: number
  headers?: Record<string, string>
  body?: string
  /** How the answer ends where it does not end well; "overloaded" is an error that is sent in the stream. */
  ends?: "cut" | "malformed" | "endless" | "endless-call" | "silent" | "length" | "overloaded"
}

/** A question as it came. */
export interface Asked {
  model: string
  /** What was said, as the interface has it: of Anthropic and Google without the instructions. */
  messages: { role: string; content: unknown }[]
  /** Names of the tools. */
  tools: string[]
  stream: boolean
  /** Everything that was said, as JSON. */
  said: string
  key: string | undefined
}
export type Question = Pick<Asked, "model" | "messages" | "tools" | "stream">

/** What is wrong with a question, as the provider would refuse it. */
export class Refused extends Error {}

/** What of a request an interface is known by. */
export interface Knock {
  path: string
  headers: IncomingHttpHeaders
}

/** An interface of a provider, as it is spoken over HTTP. */
export interface Wire {
  /** What a request of this interface asks for; undefined where it is of another one. */
  wantOf(knock: Knock): "answer" | "models" | undefined
  keyOf(headers: IncomingHttpHeaders): string | undefined
  /** Reads a question; throws `Refused`. */
  read(body: unknown, knock: Knock): Question
  /** The answer in one piece. */
  whole(answer: ScriptedAnswer, number: number): object
  /** The answer as server-sent events: what begins it, its pieces, and what ends it. */
  events(answer: ScriptedAnswer, number: number): { begin: string[]; pieces: string[]; end: string[] }
  /** An event with some text, and one with some more of a tool's input; undefined where inputs come in one piece. */
  more(text: string): string
  moreOfCall(text: string): string | undefined
  /** An event that begins well and breaks off, and one that says that there is too much to do. */
  malformed: string
  overloaded: string
  refusal(status: number, words: string): { status: number; body: object }
  models: object
}

/** Tokens that an answer is said to have taken. */
export function usageOf({ usage }: ScriptedAnswer) {
  const { prompt, cached = 0, completion, cost } = usage ?? { prompt: 100, completion: 10 }
  return { prompt, cached, completion, cost }
}

/** A text in two pieces, as inputs of tools come. */
export const halves = (text: string): string[] => {
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)].filter(Boolean)
}

/** The input of a call as it is sent: a text as it is, for what is no JSON. */
export const inputText = (input: unknown): string => (typeof input === "string" ? input : JSON.stringify(input))

/** Reads a part of a question, or refuses it by the name of its field. */
export function readAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Refused(z.prettifyError(parsed.error))
}
