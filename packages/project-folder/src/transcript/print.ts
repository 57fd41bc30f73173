/** A message as it is written into a transcript. */
export interface PrintableMessage {
  role: string
  content: string
  timestamp: string
  context?: unknown
  code_changes?: unknown
  client_id?: string
}

/** What a transcript tells of its session. */
export interface PrintableSession {
  title: string
  session_id: string
  agent_name: string
  model_name: string | null
  project_id: string | null
  /** ISO 8601. */
  created_at: string
  message_count: number
}

/** Prints a transcript piece by piece, so that none is too long to be held. `index` counts messages from 0. */
export interface TranscriptPrinter {
  contentType: string
  start(session: PrintableSession): string
  message(message: PrintableMessage, index: number): string
  end(): string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const lineOf = ({ role, content, timestamp, context, code_changes, client_id }: PrintableMessage): string =>
  JSON.stringify({ role, content, timestamp, context, code_changes, client_id })

/** One message a line, to be read again. */
const jsonLines: TranscriptPrinter = {
  contentType: "application/x-ndjson; charset=utf-8",
  start: () => "",
  message: (message) => `${lineOf(message)}\n`,
  end: () => "",
}

/** One object with the session and its messages, to be read again. */
const json: TranscriptPrinter = {
  contentType: "application/json; charset=utf-8",
  start: (session) => `${JSON.stringify(session, null, 2).slice(0, -2)},\n  "messages": [`,
  message: (message, index) => `${index === 0 ? "" : ","}\n    ${lineOf(message)}`,
  end: () => "\n  ]\n}\n",
}

const roles: Record<string, string> = { user: "User", assistant: "Agent", system: "System", note: "Note" }

/** A fence that no run of its sign in the text ends. */
function fenceFor(text: string, sign = "`"): string {
  const runs = text.match(new RegExp(`${sign}+`, "g")) ?? []
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 0)
  return sign.repeat(Math.max(3, longest + 1))
}

function codeBlock(code: string): string {
  const fence = fenceFor(code)
  return `${fence}js\n${code.replace(/\n$/, "")}\n${fence}`
}

/** Text whose last block of code does not swallow what comes after it. */
function closed(text: string): string {
  let open: string | undefined
  for (const line of text.split("\n")) {
    const [, fence = "", rest = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (fence === "") continue
    if (open === undefined) open = fence[0] === "`" && rest.includes("`") ? undefined : fence
    else if (fence[0] === open[0] && fence.length >= open.length && rest.trim() === "") open = undefined
  }
  return open === undefined ? text : `${text}\n${open}`
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

function itemName({ item_type, item_id, project_id }: Record<string, unknown>): string | undefined {
  const item = [textOf(item_type), textOf(item_id)].filter(Boolean).join(" ")
  return [item, textOf(project_id)].filter(Boolean).join(" · ") || undefined
}

function printContext(context: unknown): string[] {
  if (!isObject(context)) return []
  const name = itemName(context)
  const code = textOf(context.code)
  return [
    ...(name ? [`*On ${name}*`] : []),
    ...(code === undefined ? [] : [`*The code at that moment:*\n\n${codeBlock(code)}`]),
  ]
}

function printChange(change: unknown): string[] {
  if (!isObject(change)) return []
  const name = itemName(change) ?? "code"
  const before = typeof change.before === "string" ? change.before : undefined
  const after = typeof change.after === "string" ? change.after : undefined
  if (after === undefined) return before === undefined ? [] : [`**Removed ${name}:**\n\n${codeBlock(before)}`]
  if (!before) return [`**Wrote ${name}:**\n\n${codeBlock(after)}`]
  return [`**Changed ${name}, before:**\n\n${codeBlock(before)}`, `**After:**\n\n${codeBlock(after)}`]
}

/** Text that stands in a line of markdown as it is. */
const plain = (text: string): string => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#]/g, (sign) => `\\${sign}`)

/** To be read by people. */
const markdown: TranscriptPrinter = {
  contentType: "text/markdown; charset=utf-8",
  start(session) {
    const facts = [
      ["Session", session.session_id],
      ["Agent", [session.agent_name, session.model_name].filter(Boolean).join(", ")],
      ["Project", session.project_id],
      ["Begun", session.created_at],
      ["Messages", String(session.message_count)],
    ]
    const lines = facts.flatMap(([name, value]) => (value ? [`- ${name}: ${plain(value)}`] : []))
    return `# ${plain(session.title)}\n\n${lines.join("\n")}\n`
  },
  message({ role, content, timestamp, context, code_changes }, index) {
    const changes = Array.isArray(code_changes) ? code_changes : [code_changes]
    const parts = [
      `## ${index} · ${roles[role] ?? plain(role)} · ${plain(timestamp)}`,
      ...printContext(context),
      ...(content.trim() === "" ? [] : [closed(content.trimEnd())]),
      ...changes.flatMap(printChange),
    ]
    return `\n${parts.join("\n\n")}\n`
  },
  end: () => "",
}

/** How a transcript is written, by the ending of its file's name. */
export const transcriptPrinters = { md: markdown, json, jsonl: jsonLines } as const satisfies Record<
  string,
  TranscriptPrinter
>

export type TranscriptFormat = keyof typeof transcriptPrinters
