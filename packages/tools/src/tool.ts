import type { Client } from "@strudel-agent/client/client"
import type { z } from "zod"
import type { Item } from "./uri.ts"

/** Calls that one tool has under way at the same time. */
export const callsAtOnce = 10

/** What a client may assume of a tool without calling it. */
export interface Hints {
  /** It changes nothing. */
  readOnly: boolean
  /** What it changes may be lost by it. */
  destructive: boolean
  /** Calling it again with the same input changes nothing more. */
  idempotent: boolean
  /** It reaches beyond this library. */
  openWorld: boolean
}

export interface ToolContext {
  client: Client
  /** Where people open the page, without a slash at its end. */
  pageUrl: string
  signal?: AbortSignal | undefined
  /** The name of an item that is only proposed, where proposals may be built on. */
  proposed?: ((item: Pick<Item, "kind" | "projectId" | "id">) => Promise<string | undefined>) | undefined
}

/** A file that a tool hands out. */
export interface ToolFile {
  name: string
  mediaType: string
  base64: string
}

/** What a tool answers: words for a model, the same as data, and a file where one was asked for. */
export interface ToolAnswer<Data> {
  text: string
  data: Data
  file?: ToolFile
}

/** Something that an agent may do: plain data, and a function over the typed client. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** As it is called: lower case with underscores. */
  name: string
  title: string
  /** What it is for and when it is chosen. */
  description: string
  input: Input
  output: Output
  hints: Hints
  run(input: z.output<Input>, context: ToolContext): Promise<ToolAnswer<z.output<Output>>>
}

/** A tool whose input and output only its own file knows. */
export interface AnyTool extends Omit<Tool, "run"> {
  /** Checks the input by the tool's schema and runs it; throws a `ToolProblem` for input that is wrong. */
  call(input: unknown, context: ToolContext): Promise<ToolAnswer<Record<string, unknown>>>
}
