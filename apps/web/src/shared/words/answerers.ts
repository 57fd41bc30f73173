import type { AnsweredBy, ChangeMode } from "@strudel-agent/contract/session"

interface Choice<Value> {
  value: Value
  name: string
  note: string
}

/** Who may answer what is written in a session. */
export const answererChoices = [
  { value: "strudel", name: "This installation's agent", note: "Answers each message that you send" },
  { value: "external", name: "An agent elsewhere", note: "A program that listens, as by MCP" },
  { value: "none", name: "Nobody", note: "The session is for notes" },
] as const satisfies readonly Choice<AnsweredBy>[]

/** What becomes of the changes that this installation's agent makes. */
export const changeModeChoices = [
  { value: "direct", name: "Apply changes at once", note: "Every version is kept; deletions still ask" },
  { value: "staged", name: "Ask me first", note: "Each change waits for your approval" },
] as const satisfies readonly Choice<ChangeMode>[]

/** The same in a word or two, for a button. */
export const answererNames: Record<AnsweredBy, string> = {
  strudel: "Agent",
  external: "Agent elsewhere",
  none: "Nobody answers",
}
export const changeModeNames: Record<ChangeMode, string> = { direct: "applies at once", staged: "asks first" }
