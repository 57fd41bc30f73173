import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { idOf, readContent, roleOf, textOf } from "./content.ts"
import type { Entry, LeftOutReason } from "./entry.ts"
import { injectedElements, injectedWhole, personsWords } from "./injected.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry, type RawEntry, toEntry } from "./to-entry.ts"

/** A command that the person typed: an entry of the program's own, or a prompt of theirs by a short name. */
export interface TypedCommand {
  name: string
  /** What it says as a message. */
  said: Entry
}

/** One record of Claude Code that stands in the tree of its talk. */
export interface ClaudeNode {
  uuid: string | undefined
  parentUuid: string | null | undefined
  logicalParentUuid: string | undefined
  sessionId: string | undefined
  forkedFrom: string | undefined
  time: number | undefined
  entry: Entry
  isSidechain: boolean
  /** Whether it may be the end of the live way. */
  isConversation: boolean
  /** Whether a person wrote it as the next thing to be answered. */
  isPrompt: boolean
  isResult: boolean
  turn: string | undefined
  command: TypedCommand | undefined
  isCommandOutput: boolean
}

const commandElements: ReadonlyMap<string, LeftOutReason> = new Map([
  ["command-name", "command"],
  ["command-message", "command"],
  ["command-args", "command"],
])

/** What stands between the first tags of a name. */
function elementIn(text: string, name: string): string | undefined {
  const open = text.indexOf(`<${name}>`)
  const close = open < 0 ? -1 : text.indexOf(`</${name}>`, open)
  return close < 0 ? undefined : text.slice(open + name.length + 2, close).trim()
}

/** A text that consists of a command, as the program writes it. */
function readCommand(text: string): { name: string; text: string } | undefined {
  const name = elementIn(text, "command-name")?.replace(/^\/+/, "")
  if (name === undefined || personsWords(text, commandElements).text.trim() !== "") return undefined
  return { name, text: `/${name} ${elementIn(text, "command-args") ?? ""}`.trim() }
}

interface Reading {
  entry: Entry
  isPrompt: boolean
  isResult: boolean
  command?: TypedCommand
  isCommandOutput: boolean
}

const silent = (line: number, ...leftOut: LeftOutReason[]): Reading => ({
  entry: leftOutEntry(line, ...leftOut),
  isPrompt: false,
  isResult: false,
  isCommandOutput: false,
})

const refusalMark = "the user said:\n"

/** What a person wrote where a tool asked them: why they refused it, and what they answered to its questions. */
function wordsInResult(value: JsonObject): string[] {
  const content = isJsonObject(value.message) ? value.message.content : undefined
  const said = (Array.isArray(content) ? content : []).flatMap((part) => {
    if (!isJsonObject(part) || part.type !== "tool_result" || part.is_error !== true) return []
    const text = readContent(part.content).texts.join("\n")
    const at = text.startsWith("The user doesn't want to") ? text.indexOf(refusalMark) : -1
    return at < 0 ? [] : [text.slice(at + refusalMark.length)]
  })
  const result = isJsonObject(value.toolUseResult) ? value.toolUseResult : {}
  const answers = isJsonObject(result.answers) ? Object.entries(result.answers) : []
  return [
    ...said,
    ...answers.flatMap(([question, answer]) => (typeof answer === "string" ? [`${question} ${answer}`] : [])),
  ]
}

/** What a person sent, without what the program put into it. */
function readPerson(content: unknown, raw: Omit<RawEntry, "role" | "texts">): Reading {
  const { texts, leftOut } = readContent(content)
  const words: string[] = []
  let command: { name: string; text: string } | undefined
  for (const text of texts) {
    const whole = injectedWhole(text)
    const typed = whole ? undefined : readCommand(text)
    command ??= typed
    if (whole) leftOut.push(whole)
    else if (!typed) {
      const persons = personsWords(text, injectedElements)
      leftOut.push(...persons.leftOut)
      words.push(persons.text)
    }
  }
  const entry = toEntry({ ...raw, role: "user", texts: words, leftOut })
  const reading: Reading = {
    entry,
    isPrompt: entry.said !== undefined,
    isResult: leftOut.includes("tool-result"),
    isCommandOutput: leftOut.includes("command-output"),
  }
  if (command && !entry.said) {
    const said = toEntry({ ...raw, role: "user", texts: [command.text], leftOut })
    reading.command = { name: command.name, said }
    reading.entry = leftOutEntry(raw.line, ...leftOut, "command")
  }
  return reading
}

const kindOf = (origin: unknown): string | undefined => (isJsonObject(origin) ? textOf(origin.kind) : textOf(origin))

function readAttachment(value: JsonObject, raw: Omit<RawEntry, "role" | "texts">): Reading {
  const attachment = isJsonObject(value.attachment) ? value.attachment : {}
  const type = textOf(attachment.type) ?? ""
  if (type !== "queued_command") {
    return silent(
      raw.line,
      /^(?:file|image|pdf_reference|directory|compact_file_reference)$/.test(type) ? "attachment" : "meta",
    )
  }
  const mode = textOf(attachment.commandMode) ?? "prompt"
  const origin = kindOf(attachment.origin) ?? "human"
  if (mode === "bash") return silent(raw.line, "shell-command")
  if (mode !== "prompt" || origin !== "human" || attachment.isMeta === true) return silent(raw.line, "notification")
  return readPerson(attachment.prompt, { ...raw, timestamp: attachment.timestamp ?? raw.timestamp })
}

function readSystem(value: JsonObject, raw: Omit<RawEntry, "role" | "texts">): Reading {
  const content = textOf(value.content)
  if (value.isMeta === true || content === undefined) return silent(raw.line, "meta")
  if (
    value.subtype === "compact_boundary" ||
    (value.subtype === undefined && /^Conversation compacted/.test(content))
  ) {
    return { ...silent(raw.line), entry: toEntry({ ...raw, role: "system", texts: [content] }) }
  }
  const reading = readPerson(content, raw)
  return reading.command || reading.isCommandOutput ? reading : silent(raw.line, "notice")
}

function readAssistant(message: JsonObject, value: JsonObject, raw: Omit<RawEntry, "role" | "texts">): Reading {
  const model = textOf(message.model)
  if (value.isApiErrorMessage === true) return silent(raw.line, "program-error")
  if (model === "<synthetic>") return silent(raw.line, "notice")
  const { texts, leftOut } = readContent(message.content)
  const joinKey = textOf(message.id)
  const said = { ...raw, ...(joinKey ? { joinKey } : {}), ...(model ? { model } : {}) }
  const role = roleOf(textOf(message.role) ?? "") ?? "assistant"
  return { ...silent(raw.line), entry: toEntry({ ...said, role, texts, leftOut, source: message }) }
}

function readRecord(value: JsonObject, line: number): Reading {
  const { type } = value
  const uuid = idOf(value.uuid)
  const message = isJsonObject(value.message) ? value.message : undefined
  const timestamp = value.timestamp ?? message?.timestamp
  const raw = { line, timestamp, ...(uuid ? { key: uuid } : {}) }
  if (type === "attachment") return readAttachment(value, raw)
  if (type === "system" && !message) return readSystem(value, raw)
  if (value.isCompactSummary === true) return silent(line, "compaction")
  if (value.isMeta === true || value.isSynthetic === true || !message) return silent(line, "meta")
  if (type === "assistant" || roleOf(textOf(message.role) ?? "") !== "user") return readAssistant(message, value, raw)
  const origin = kindOf(value.origin) ?? "human"
  if (origin !== "human") return silent(line, "notification")
  const inResult = wordsInResult(value)
  if (inResult.length === 0) return readPerson(message.content, raw)
  return readPerson([...(Array.isArray(message.content) ? message.content : []), ...inResult], raw)
}

/** Reads one record of Claude Code that may stand in the tree of its talk. */
export function readClaudeNode(value: JsonObject, line: number): ClaudeNode {
  const isSidechain = value.isSidechain === true || textOf(value.parent_tool_use_id) !== undefined
  const reading = isSidechain ? silent(line, "sidechain") : readRecord(value, line)
  const message = isJsonObject(value.message) ? value.message : {}
  const time = toIsoTime(value.timestamp)
  const parent = value.parentUuid
  const isConversation = value.type === "user" || value.type === "assistant" || reading.entry.said !== undefined
  return {
    uuid: idOf(value.uuid),
    parentUuid: parent === null ? null : idOf(parent),
    logicalParentUuid: idOf(value.logicalParentUuid),
    sessionId: idOf(value.sessionId ?? value.session_id),
    forkedFrom: isJsonObject(value.forkedFrom) ? idOf(value.forkedFrom.sessionId) : undefined,
    time: time === undefined ? undefined : Date.parse(time),
    entry: reading.entry,
    isSidechain,
    isConversation: isConversation && !isSidechain,
    isPrompt: reading.isPrompt && !reading.isResult,
    isResult: reading.isResult,
    turn: value.type === "assistant" ? textOf(message.id) : undefined,
    command: reading.command,
    isCommandOutput: reading.isCommandOutput,
  }
}
