import type { Inputs } from "@strudel-agent/client/client"
import type { ForkOrigin } from "@strudel-agent/contract/session/fork"
import type { ImportProgress } from "../import-progress.ts"
import type { Conversation } from "./conversation.ts"
import type { Transcript } from "./transcript.ts"

/** What the user says of the session. */
export type SessionOptions = Pick<
  Inputs["session"]["create"],
  "id" | "agentName" | "modelName" | "projectId" | "itemType" | "itemId" | "name"
> & { tags: string[] }

export interface ConversationOptions {
  session: SessionOptions
  dryRun: boolean
  /** When the transcript's file was written. */
  fileTime?: Date | undefined
  signal?: AbortSignal | undefined
  progress: ImportProgress
}

/** A conversation that is to be stored: that of a transcript, or a branch that it left. */
export interface Telling {
  transcript: Transcript
  conversation: Conversation
  isBranch: boolean
  /** What it is called where the user says nothing. */
  called: string
  /** Where it leaves another session, for a branch. */
  origin?: ForkOrigin | undefined
  /** Sessions that are others' for certain. */
  others: Set<string>
}
