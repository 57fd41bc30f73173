import type { JsonObject } from "../json/json-value.ts"
import { buildConversation, cleanTitle } from "./builder.ts"
import { type ClaudeNode, readClaudeNode } from "./claude-entry.ts"
import { PromptQueue } from "./claude-queue.ts"
import { besideNode, type ClaudeConversations, followClaudeTree } from "./claude-tree.ts"
import { idOf, textOf } from "./content.ts"
import type { LeftOutReason } from "./entry.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"
import { toEntry } from "./to-entry.ts"
import { layOut } from "./tree.ts"

interface Title {
  text: string
  isPersons: boolean
  sessionId: string | undefined
  leafUuid: string | undefined
}

/** A record that stands beside the tree. */
interface Aside {
  reason: LeftOutReason
  line: number
  sessionId: string | undefined
  /** Place of the node before it. */
  after: number
}

/** Who said what, and when; undefined where nothing was said or the time is not known. */
function momentOf(node: ClaudeNode | undefined): string | undefined {
  const said = node?.entry.said
  return said && node.time !== undefined ? `${node.time} ${said.role} ${said.texts.join("\n")}` : undefined
}

/** Reads what Claude Code records, which is a tree of entries for each session. */
export class ClaudeReader {
  readonly #nodes: ClaudeNode[] = []
  readonly #byUuid = new Map<string, number>()
  readonly #asides: Aside[] = []
  readonly #titles: Title[] = []
  readonly #queue = new PromptQueue()
  /** When the conversation was compacted last, and how many nodes from before that are in `moments`. */
  #compacted: { time: number; indexed: number } | undefined
  readonly #moments = new Map<string, number>()

  add(value: JsonObject, line: number): void {
    const type = textOf(value.type)
    const sessionId = idOf(value.sessionId)
    const aside = (reason: LeftOutReason) =>
      this.#asides.push({ reason, line, sessionId, after: this.#nodes.length - 1 })
    if (type === "custom-title" || type === "ai-title") {
      const isPersons = type === "custom-title"
      const text = textOf(isPersons ? value.customTitle : value.aiTitle) ?? ""
      this.#titles.push({ text, isPersons, sessionId, leafUuid: undefined })
    } else if (type === "summary") {
      const leafUuid = idOf(value.leafUuid)
      this.#titles.push({ text: textOf(value.summary) ?? "", isPersons: false, sessionId, leafUuid })
      aside("summary")
    } else if (type === "queue-operation") {
      this.#queue.record(value, line, this.#nodes.length)
    } else if (idOf(value.uuid) === undefined && typeof value.message !== "object" && type !== "system") {
      aside("meta")
    } else {
      const node = readClaudeNode(value, line)
      this.#addNode(node, line)
      if (value.subtype === "compact_boundary") this.#noteCompaction(node)
    }
  }

  #noteCompaction({ time = Number.NEGATIVE_INFINITY }: ClaudeNode): void {
    let indexed = this.#compacted?.indexed ?? 0
    for (; indexed < this.#nodes.length; indexed++) {
      const key = momentOf(this.#nodes[indexed])
      if (key !== undefined && !this.#moments.has(key)) this.#moments.set(key, indexed)
    }
    this.#compacted = { time, indexed }
  }

  /** Behind a compaction, messages from before it may be written again under other uuids. */
  #copiedFrom(node: ClaudeNode): number | undefined {
    const { time, uuid } = node
    if (!this.#compacted || time === undefined || time >= this.#compacted.time || uuid === undefined) return undefined
    const key = momentOf(node)
    return key === undefined || this.#byUuid.has(uuid) ? undefined : this.#moments.get(key)
  }

  #addNode(node: ClaudeNode, line: number): void {
    const copied = this.#copiedFrom(node)
    if (copied !== undefined && node.uuid !== undefined) this.#byUuid.set(node.uuid, copied)
    const before = node.uuid === undefined ? undefined : this.#byUuid.get(node.uuid)
    const known = before === undefined ? undefined : this.#nodes[before]
    if (known && before !== undefined) {
      const [old, fresh] = [known.entry.said?.texts.join("\n") ?? "", node.entry.said?.texts.join("\n") ?? ""]
      // A record that was written before it was whole.
      if (fresh.length > old.length && fresh.startsWith(old) && !known.isSidechain) this.#nodes[before] = node
      else {
        const isNew = fresh !== "" && !old.includes(fresh)
        if (isNew) this.#push({ ...node, uuid: undefined, parentUuid: node.uuid })
        else this.#asides.push({ reason: "repeated", line, sessionId: node.sessionId, after: before })
      }
      return
    }
    this.#push(node)
  }

  #push(node: ClaudeNode): void {
    const said = node.command?.said.said ?? node.entry.said
    if (said?.role === "user") {
      const seed = this.#queue.sent(said.texts.join("\n\n"))
      if (seed !== undefined) said.seed = seed
    }
    if (node.uuid !== undefined) this.#byUuid.set(node.uuid, this.#nodes.length)
    this.#nodes.push(node)
  }

  finish(): ParsedTranscript[] {
    const { conversations, placeOf, orphans } = followClaudeTree(this.#nodes, this.#byUuid)
    if (conversations.length === 0) conversations.push({ identity: undefined, forkedFrom: undefined, nodes: [] })
    const byIdentity = new Map(conversations.map(({ identity }, index) => [identity, index]))
    const notes = conversations.map(() => new TranscriptNotes())
    const notesOf = (conversation: number | undefined) => notes[conversation ?? 0] ?? new TranscriptNotes()
    const placeBefore = (index: number) => placeOf[Math.min(Math.max(0, index), placeOf.length - 1)]

    for (const { reason, line, sessionId, after } of this.#asides) {
      const named = sessionId === undefined ? undefined : byIdentity.get(sessionId)
      notesOf(named ?? placeBefore(after)?.conversation).leaveOut(reason, line)
    }
    if (orphans > 0) {
      const many = orphans === 1 ? "1 entry follows on one" : `${orphans} entries follow on some`
      notesOf(0).warn("parent-missing", `${many} that the file does not have`)
    }
    for (const { text, line, timestamp, state, nodes } of this.#queue.unsaid()) {
      const before = placeBefore(state === "waiting" ? this.#nodes.length - 1 : nodes - 1)
      if (state === "back") notesOf(before?.conversation).leaveOut("unsent", line)
      else if (/^\/\S+$/.test(text.trim())) notesOf(before?.conversation).leaveOut("command", line)
      else {
        const entry = toEntry({ line, role: "user", texts: [text], timestamp })
        conversations[before?.conversation ?? 0]?.nodes.push(besideNode(entry, before?.place))
      }
    }
    const titles = this.#titlesOf(byIdentity, placeOf, conversations.length)
    return conversations.map(({ identity, forkedFrom, nodes }, index) =>
      buildConversation(
        { format: "claude-code", identity, forkedFrom, title: titles[index]?.text },
        layOut(nodes),
        notesOf(index),
      ),
    )
  }

  /** For each conversation the last title that the person gave, else the last that the program gave for this very talk. */
  #titlesOf(
    byIdentity: ReadonlyMap<string | undefined, number>,
    placeOf: ClaudeConversations["placeOf"],
    count: number,
  ): (Title | undefined)[] {
    const titles: (Title | undefined)[] = []
    for (const title of this.#titles) {
      const { leafUuid, sessionId } = title
      const isOnly = count === 1 && (sessionId === undefined || byIdentity.has(undefined))
      const conversation =
        leafUuid === undefined
          ? (byIdentity.get(sessionId) ?? (isOnly ? 0 : undefined))
          : placeOf[this.#byUuid.get(leafUuid) ?? -1]?.conversation
      if (conversation === undefined || cleanTitle(title.text) === undefined) continue
      if (title.isPersons || !titles[conversation]?.isPersons) titles[conversation] = title
    }
    return titles
  }
}
