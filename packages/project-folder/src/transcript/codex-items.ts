import type { Entry, MessageRole } from "./entry.ts"
import type { TreeNode } from "./tree.ts"

/** One record of Codex; it tells of many messages up to three times, in as many forms. */
export interface CodexItem {
  source: "item" | "event" | "completed"
  /** Undefined where it says nothing. */
  role: MessageRole | undefined
  entry: Entry
  /** How many prompts, and what followed on them, were taken back here. */
  rolledBack?: number
}

const bare = ({ said }: Entry): string => said?.texts.join("").replace(/\s+/g, "") ?? ""

/** Of records of one role that no other role comes between, each text as often as the form has it that has it most. */
function withoutDoubles(items: readonly CodexItem[]): Set<CodexItem> {
  const kept = new Set(items)
  const most = new Map<string, number>()
  for (const source of ["item", "event", "completed"] as const) {
    const seen = new Map<string, number>()
    for (const item of items) {
      if (item.source !== source) continue
      const text = bare(item.entry)
      const nth = (seen.get(text) ?? 0) + 1
      seen.set(text, nth)
      if (nth <= (most.get(text) ?? 0)) kept.delete(item)
      else most.set(text, nth)
    }
  }
  return kept
}

/** The records that are kept, in the file's order. */
function keepOnce(items: readonly CodexItem[]): CodexItem[] {
  const kept: CodexItem[] = []
  let stretch: CodexItem[] = []
  let role: MessageRole | undefined
  const close = () => {
    const once = withoutDoubles(stretch.filter((item) => item.role !== undefined))
    for (const item of stretch) if (item.role === undefined || once.has(item)) kept.push(item)
    stretch = []
  }
  for (const item of items) {
    if (item.rolledBack !== undefined || (item.role !== undefined && role !== undefined && item.role !== role)) {
      close()
      role = undefined
    }
    role = item.role ?? role
    stretch.push(item)
  }
  close()
  return kept
}

/** Puts the records in the order of the conversation, each message once, with what was taken back on ways of its own. */
export function mergeCodexItems(items: readonly CodexItem[]): TreeNode<Entry>[] {
  const nodes: TreeNode<Entry>[] = []
  /** Where each prompt of the present way stands, and what it follows. */
  const prompts: { parent: number | undefined }[] = []
  let last: number | undefined
  for (const { entry, role, rolledBack } of keepOnce(items)) {
    if (rolledBack !== undefined) {
      const from = Math.max(0, prompts.length - rolledBack)
      if (from < prompts.length) last = prompts[from]?.parent
      prompts.length = from
      continue
    }
    const hasWords = entry.said !== undefined
    if (role === "user" && hasWords) prompts.push({ parent: last })
    nodes.push({ item: entry, parent: last, time: undefined, isConversation: hasWords, hasWords })
    last = nodes.length - 1
  }
  // The end of the way that counts, which may be further up than the last thing that was said.
  const end: Entry = { line: 0, leftOut: [] }
  nodes.push({ item: end, parent: last, time: undefined, isConversation: true, hasWords: false })
  return nodes
}
