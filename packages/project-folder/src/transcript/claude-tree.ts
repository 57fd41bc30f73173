import type { ClaudeNode } from "./claude-entry.ts"
import type { Entry } from "./entry.ts"
import type { TreeNode } from "./tree.ts"

export interface ClaudeConversation {
  identity: string | undefined
  forkedFrom: string | undefined
  nodes: TreeNode<Entry>[]
}

export interface ClaudeConversations {
  conversations: ClaudeConversation[]
  /** For each record the conversation that it is of, and its place there. */
  placeOf: { conversation: number; place: number }[]
  /** Entries whose parent is not in the file. */
  orphans: number
}

/** Commands that Claude Code answers by itself. */
const builtIn = new Set(
  (
    "add-dir agents allowed-tools approved-tools bashes bug clear color compact config context copy cost desktop doctor " +
    "effort exit export extra-usage fast feedback files help hooks ide install-github-app install-slack-app keybindings " +
    "login logout mcp memory mobile model new output-style passes permissions plan plugin plugins privacy-settings quit " +
    "release-notes reload-plugins remote-control remote-env rename reset resume rewind sandbox skills stats status " +
    "statusline stickers tag tasks terminal-setup theme think-back todos undo upgrade usage vim voice"
  ).split(" "),
)

/** The places of the records in the order of their times; one without a time stays behind the one before it. */
function byTime(nodes: readonly ClaudeNode[]): number[] {
  let last = 0
  const times = nodes.map(({ time }) => {
    last = time ?? last
    return last
  })
  return [...nodes.keys()].sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0) || one - other)
}

/** The node that each follows; undefined where a conversation begins. */
function findParents(nodes: readonly ClaudeNode[], byUuid: ReadonlyMap<string, number>, order: readonly number[]) {
  let orphans = 0
  const lastOf = new Map<string, number>()
  const isLinked = nodes.some(({ parentUuid }) => typeof parentUuid === "string" && byUuid.has(parentUuid))
  const parents = new Array<number | undefined>(nodes.length)
  for (const [at, index] of order.entries()) {
    const node = nodes[index]
    if (!node) continue
    const { parentUuid, logicalParentUuid, sessionId } = node
    const lastOfAll = order[at - 1]
    const isAny = sessionId === undefined || lastOf.size === 0
    const before = isAny ? lastOfAll : lastOf.get(sessionId)
    if (sessionId !== undefined) lastOf.set(sessionId, index)
    const named = typeof parentUuid === "string" ? parentUuid : logicalParentUuid
    const found = named === undefined ? undefined : byUuid.get(named)
    if (typeof parentUuid === "string" && found === undefined) orphans++
    // A prompt without a parent begins the conversation anew: the person went back to before its first message.
    const isAnew = parentUuid === null && isLinked && node.isPrompt
    parents[index] = found !== undefined && found !== index ? found : isAnew ? undefined : before
  }
  return { parents, orphans }
}

/** For each node the one at which its tree begins; where they follow each other in a circle, its first. */
function findRoots(parents: readonly (number | undefined)[]): number[] {
  const roots = new Array<number>(parents.length).fill(-1)
  for (const index of parents.keys()) {
    const path: number[] = []
    let at: number | undefined = index
    while (at !== undefined && roots[at] === -1) {
      roots[at] = -2
      path.push(at)
      at = parents[at]
    }
    const isCircle = at !== undefined && roots[at] === -2
    const root = at === undefined ? (path.at(-1) ?? index) : isCircle ? at : (roots[at] ?? index)
    for (const each of path) roots[each] = root
  }
  return roots
}

interface TreeSession {
  identity: string
  /** When the newest of its entries was written. */
  time: number
  /** The session that its oldest entries are of: a conversation that was resumed in another file has them from there. */
  origin: { sessionId: string; time: number }
}

/** The session of each tree: that of its newest entry. */
function findSessions(nodes: readonly ClaudeNode[], roots: readonly number[]): Map<number, TreeSession> {
  const sessions = new Map<number, TreeSession>()
  for (const [index, { time = 0, sessionId, isSidechain }] of nodes.entries()) {
    if (sessionId === undefined || isSidechain) continue
    const root = roots[index] ?? index
    const known = sessions.get(root)
    if (!known) {
      sessions.set(root, { identity: sessionId, time, origin: { sessionId, time } })
      continue
    }
    if (time >= known.time) Object.assign(known, { identity: sessionId, time })
    if (time < known.origin.time) known.origin = { sessionId, time }
  }
  return sessions
}

const isLocal = ({ command }: ClaudeNode): boolean => command !== undefined && builtIn.has(command.name)

/** Puts the records of Claude Code into one tree for each session. */
export function followClaudeTree(
  nodes: readonly ClaudeNode[],
  byUuid: ReadonlyMap<string, number>,
): ClaudeConversations {
  const order = byTime(nodes)
  const { parents, orphans } = findParents(nodes, byUuid, order)
  const roots = findRoots(parents)
  const sessions = findSessions(nodes, roots)
  const answeredByProgram = new Set<number>()
  for (const [index, { isCommandOutput }] of nodes.entries()) {
    const parent = parents[index]
    if (isCommandOutput && parent !== undefined) answeredByProgram.add(parent)
  }
  const conversations: ClaudeConversation[] = []
  const bySession = new Map<string, number>()
  const conversationOfRoot = new Map<number, number>()
  const placeOf = new Array<{ conversation: number; place: number }>(nodes.length)
  const conversationFor = (root: number): number => {
    const known = conversationOfRoot.get(root)
    if (known !== undefined) return known
    const { identity, origin } = sessions.get(root) ?? {}
    const shared = identity === undefined ? conversations.length - 1 : (bySession.get(identity) ?? -1)
    const conversation = shared >= 0 ? shared : conversations.push({ identity, forkedFrom: undefined, nodes: [] }) - 1
    const made = conversations[conversation]
    if (made && origin && origin.sessionId !== identity) made.forkedFrom ??= origin.sessionId
    if (identity !== undefined) bySession.set(identity, conversation)
    conversationOfRoot.set(root, conversation)
    return conversation
  }
  for (const index of order) {
    const node = nodes[index]
    const at = conversationFor(roots[index] ?? index)
    const conversation = conversations[at]
    if (!node || !conversation) continue
    conversation.forkedFrom = conversation.forkedFrom ?? node.forkedFrom
    const { command, entry, time, turn, isResult } = node
    const isPrompt = command !== undefined && !isLocal(node) && !answeredByProgram.has(index)
    const item = isPrompt ? command.said : entry
    const isConversation = node.isConversation || isPrompt
    placeOf[index] = { conversation: at, place: conversation.nodes.length }
    const hasWords = item.said !== undefined
    // That the conversation was compacted begins no way of its own.
    const isBeside = isResult || item.said?.role === "system"
    conversation.nodes.push({ item, parent: undefined, time, isConversation, hasWords, turn, isBeside })
  }
  for (const [index, parent] of parents.entries()) {
    const here = placeOf[index]
    const node = here && conversations[here.conversation]?.nodes[here.place]
    if (node && parent !== undefined) node.parent = placeOf[parent]?.place
  }
  return { conversations, placeOf, orphans }
}

/** A node that tells something beside the way, behind another. */
export const besideNode = (item: Entry, parent: number | undefined): TreeNode<Entry> => ({
  item,
  parent,
  time: undefined,
  isConversation: parent === undefined,
  hasWords: item.said !== undefined,
  isBeside: true,
})
