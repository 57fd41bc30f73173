import { isJsonObject, type JsonObject } from "../json/json-value.ts"

const has = (value: JsonObject, ...keys: string[]): boolean => keys.every((key) => Object.hasOwn(value, key))
const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const firstOf = (value: unknown): JsonObject => (isList(value) && isJsonObject(value[0]) ? value[0] : {})

const isDiscord = (value: JsonObject): boolean => has(value, "guild", "channel")
const isTelegram = (value: JsonObject): boolean => has(firstOf(value.messages), "date_unixtime")

/** Whether an object holds what people said to each other, not to an agent. */
export const isPeoplesChat = (value: JsonObject): boolean => isDiscord(value) || isTelegram(value)

/** Files of other kinds, by what gives them away, and what to say of them. */
const kinds: readonly [(value: JsonObject) => boolean, string][] = [
  [
    (value) => has(value, "custom_id") && (has(value, "body") || has(value, "params")),
    "it looks like a batch file for a model's interface, which holds requests, not a conversation",
  ],
  [
    (value) => has(value, "custom_id") && (has(value, "response") || has(value, "result")),
    "it looks like the answers to a batch of requests, which are not a conversation",
  ],
  [
    (value) => isJsonObject(value.log) && has(value.log, "entries"),
    "it looks like a HAR file, a browser's record of requests",
  ],
  [
    (value) => has(value, "nbformat") || (isList(value.cells) && has(value, "metadata")),
    "it looks like a Jupyter notebook",
  ],
  [(value) => has(value, "lockfileVersion"), "it looks like npm's lockfile"],
  [
    (value) =>
      has(value, "name", "version") && (has(value, "dependencies") || has(value, "scripts") || has(value, "main")),
    "it looks like npm's package.json",
  ],
  [(value) => has(value, "compilerOptions"), "it looks like TypeScript's tsconfig.json"],
  [(value) => has(value, "openapi") || has(value, "swagger"), "it looks like an OpenAPI description"],
  [(value) => has(value, "$schema") && has(value, "properties"), "it looks like a JSON Schema"],
  [(value) => has(value, "$schema") && has(value, "runs"), "it looks like a SARIF report"],
  [(value) => value.type === "FeatureCollection", "it looks like GeoJSON"],
  [(value) => has(value, "resourceSpans") || has(value, "scopeSpans"), "it looks like an OpenTelemetry trace"],
  [(value) => has(value, "run_type") || has(value, "trace_id", "inputs"), "it looks like a LangSmith trace"],
  [(value) => has(value, "observations") && has(value, "id"), "it looks like a Langfuse trace"],
  [(value) => has(value, "jsonrpc"), "it looks like a log of JSON-RPC calls"],
  [(value) => value.object === "chat.completion.chunk", "it looks like a model's answer in pieces, as it is streamed"],
  [
    (value) => has(value, "preferred_output"),
    "it looks like an OpenAI file of preferences to train on, which holds no talk",
  ],
  [
    (value) => has(value, "prompt") && (has(value, "completion") || has(value, "chosen")),
    "it looks like a file to train a model on, which holds pairs of prompt and answer, not a conversation",
  ],
  [
    (value) => has(value, "instruction", "output"),
    "it looks like a file to train a model on, which holds instructions and outputs, not a conversation",
  ],
  [isDiscord, "it looks like an export of a Discord channel"],
  [isTelegram, "it looks like an export of a Telegram chat"],
  [(value) => has(value, "ts", "user", "text"), "it looks like an export of a Slack channel"],
  [
    (value) => has(value, "session_id", "ts", "text"),
    "it looks like Codex's list of prompts (history.jsonl), which has no answers; a conversation lies in its sessions folder",
  ],
  [
    (value) => has(value, "display", "project"),
    "it looks like Claude Code's list of prompts (history.jsonl), which has no answers; a conversation lies in its projects folder",
  ],
  [
    (value) => has(value, "sessionId", "messageId", "message"),
    "it looks like Gemini CLI's list of prompts (logs.json), which has no answers; a conversation lies in its chats folder",
  ],
  [
    (value) => isList(value.requests) && has(value, "responderUsername"),
    "it looks like a chat of GitHub Copilot, which is not read",
  ],
  [
    (value) => has(value, "chat") && isJsonObject(value.chat) && has(value.chat, "history"),
    "it looks like a chat of Open WebUI, which is not read",
  ],
  [(value) => has(value, "chunkedPrompt"), "it looks like a prompt of Google AI Studio, which is not read"],
  [(value) => has(value, "level", "time", "msg") || has(value, "level", "time", "pid"), "it looks like a server's log"],
  [(value) => value.object === "list" && has(firstOf(value.data), "owned_by"), "it looks like a list of models"],
  [(value) => has(firstOf(value.data), "embedding"), "it looks like a list of embeddings"],
  [
    (value) => isPatternExport(value),
    "it looks like patterns that strudel.cc exported, which are no conversation; import takes them into the library",
  ],
]

/** strudel.cc's `{ id: { code, id } }`. */
function isPatternExport(value: JsonObject): boolean {
  const patterns = Object.values(value).slice(0, 10)
  return (
    patterns.length > 0 &&
    patterns.every((each) => isJsonObject(each) && typeof each.code === "string" && has(each, "id"))
  )
}

const mostKeys = 8
const longestKey = 40

function keysOf(value: JsonObject): string {
  const keys = Object.keys(value)
  const shown = keys.slice(0, mostKeys).map((key) => (key.length > longestKey ? `${key.slice(0, longestKey)}…` : key))
  const more = keys.length - shown.length
  return `${keys.length === 1 ? "the key" : "the keys"} ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

/** Says what a JSON value looks like that holds no talk. */
export function looksOf(value: unknown): string {
  if (isList(value)) {
    if (value.length === 0) return "it is an empty list"
    const [first] = value
    if (!isJsonObject(first)) return "it is a list without an object in it: there is no conversation in it"
    const kind = kinds.find(([test]) => test(first))
    return kind ? kind[1] : `it is a list of objects with ${keysOf(first)}: there is no conversation in it`
  }
  if (!isJsonObject(value)) return "it is a single value: there is no conversation in it"
  const kind = kinds.find(([test]) => test(value))
  if (kind) return kind[1]
  if (Object.keys(value).length === 0) return "it is an empty object"
  return `it is an object with ${keysOf(value)}: there is no conversation in it`
}

const signatures: readonly [readonly number[], string][] = [
  [[0x50, 0x4b, 0x03, 0x04], "it looks like a ZIP file; unpack it, and import the conversations in it"],
  [[0x1f, 0x8b], "it looks like a file packed by gzip; unpack it first"],
  [[0x28, 0xb5, 0x2f, 0xfd], "it looks like a file packed by zstd; unpack it first"],
  [[0x42, 0x5a, 0x68], "it looks like a file packed by bzip2; unpack it first"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "it looks like a file packed by xz; unpack it first"],
  [[0x37, 0x7a, 0xbc, 0xaf], "it looks like a 7z file; unpack it first"],
  [[0x89, 0x50, 0x4e, 0x47], "it looks like a picture (PNG)"],
  [[0xff, 0xd8, 0xff], "it looks like a picture (JPEG)"],
  [[0x47, 0x49, 0x46, 0x38], "it looks like a picture (GIF)"],
  [[0x25, 0x50, 0x44, 0x46], "it looks like a PDF"],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], "it looks like a database (SQLite)"],
  [[0x52, 0x49, 0x46, 0x46], "it looks like a sound or picture (RIFF)"],
  [[0x4d, 0x54, 0x68, 0x64], "it looks like a MIDI file"],
  [[0x4f, 0x67, 0x67, 0x53], "it looks like a sound (Ogg)"],
  [[0x66, 0x4c, 0x61, 0x43], "it looks like a sound (FLAC)"],
  [[0x49, 0x44, 0x33], "it looks like a sound (MP3)"],
  [[0x7f, 0x45, 0x4c, 0x46], "it looks like a program"],
  [[0x4d, 0x5a, 0x90], "it looks like a program"],
]

/** Says what a file that is no text looks like; undefined where it may be text. */
export function looksOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "it is empty"
  const known = signatures.find(([signature]) => signature.every((byte, at) => bytes[at] === byte))
  return known?.[1]
}

/** Says what a text without JSON in it looks like. */
export function looksOfText(text: string): string {
  const start = text.slice(0, 4096).trimStart()
  if (start === "") return text.length > 4096 ? "it is no JSON" : "it is empty"
  if (start.includes("\0")) return "it is no text"
  if (/^<!doctype html|^<html|^<head|^<body/i.test(start)) return "it looks like a web page (HTML)"
  if (/^<\?xml|^<svg|^<[a-z]+[\s>]/i.test(start)) return "it looks like XML"
  if (start.startsWith("{\\rtf")) return "it looks like a text document (RTF)"
  if (/^data:\s*\{|^event:/.test(start)) return "it looks like a stream of events, as a model's answer is sent"
  if (/^(?:\$:|setcpm|setcps|samples\(|stack\(|note\(|s\(|n\(|sound\()/.test(start)) {
    return "it looks like Strudel code, which is no conversation; import takes it into the library"
  }
  if (/^(?:#{1,6} |[-*] |---\s*$)/m.test(start))
    return "it looks like Markdown; a conversation is read as JSON or JSON Lines"
  if (/^[[{]/.test(start)) return "it is no whole JSON, and there is no message in what can be read of it"
  return "it looks like plain text; a conversation is read as JSON or JSON Lines"
}
