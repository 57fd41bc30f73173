/** One way that a conversation went. */
export interface Segment<Item> {
  /** Place in the list of the way that it leaves, always an earlier one; undefined for the first. */
  from?: number
  /** Behind how many items of that way. */
  after: number
  items: Item[]
}

/** An entry of a conversation whose entries name the one that they follow. */
export interface TreeNode<Item> {
  item: Item
  /** Place in the list of the node that it follows. */
  parent: number | undefined
  /** Milliseconds since 1970, where the entry says them. */
  time: number | undefined
  /** Whether the newest of these may be the end of the live way. */
  isConversation: boolean
  /** Whether it says something; those that do not make no way of their own. */
  hasWords: boolean
  /** Entries with the same turn are parts of one answer. */
  turn?: string | undefined
  /** Whether it never begins a way of its own, such as what a tool answered that ran beside others. */
  isBeside?: boolean
}

interface Links {
  roots: number[]
  children: number[][]
  /** Parents before their children. */
  order: number[]
}

/** Where nodes follow each other in a circle, the one that comes first in the list becomes a root. */
function link<Item>(nodes: readonly TreeNode<Item>[]): Links {
  const children: number[][] = nodes.map(() => [])
  const roots: number[] = []
  for (const [index, { parent }] of nodes.entries()) {
    if (parent === undefined || parent === index) roots.push(index)
    else children[parent]?.push(index)
  }
  const order: number[] = []
  const seen = new Uint8Array(nodes.length)
  const visit = (root: number) => {
    const open = [root]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen[next]) continue
      seen[next] = 1
      order.push(next)
      for (const child of children[next] ?? []) open.push(child)
    }
  }
  for (const root of roots) visit(root)
  for (const index of nodes.keys()) {
    if (seen[index]) continue
    const parent = nodes[index]?.parent
    const siblings = parent === undefined ? undefined : children[parent]
    siblings?.splice(siblings.indexOf(index), 1)
    roots.push(index)
    visit(index)
  }
  return { roots: roots.sort((a, b) => a - b), children, order }
}

/** For each node the place of the newest conversation at or below it, or of itself where there is none. */
function newestBelow<Item>(nodes: readonly TreeNode<Item>[], { children, order }: Links): { isNewer: IsNewer } {
  const times = new Float64Array(nodes.length)
  for (const index of order) {
    const node = nodes[index]
    const inherited = node?.parent === undefined ? 0 : times[node.parent]
    times[index] = node?.time ?? inherited ?? 0
  }
  const best = new Int32Array(nodes.length).fill(-1)
  const beats = (left: number, right: number): boolean => {
    if (left < 0 || right < 0) return right < 0 && left >= 0
    const [one, other] = [times[left] ?? 0, times[right] ?? 0]
    return one === other ? left > right : one > other
  }
  for (let at = order.length - 1; at >= 0; at--) {
    const index = order[at] ?? 0
    let newest = nodes[index]?.isConversation ? index : -1
    for (const child of children[index] ?? []) {
      const below = best[child] ?? -1
      if (beats(below, newest)) newest = below
    }
    best[index] = newest
  }
  return { isNewer: (one, other) => beats(best[one] ?? -1, best[other] ?? -1) }
}

type IsNewer = (one: number, other: number) => boolean

/** The way from a node down to the newest conversation below it. */
function pathFrom(start: number, children: readonly number[][], isNewer: IsNewer): number[] {
  const path = [start]
  for (let at: number | undefined = start; at !== undefined; ) {
    let next: number | undefined
    for (const child of children[at] ?? []) if (next === undefined || isNewer(child, next)) next = child
    if (next !== undefined) path.push(next)
    at = next
  }
  return path
}

/**
 * Finds the ways that a conversation went: first the live one, which ends at its newest entry, then those that were taken back,
 * each behind the one that it leaves. Every node is in one of them. What a tool that ran in parallel answered, and what
 * says nothing, stands beside the way instead of making one of its own.
 */
export function layOut<Item>(nodes: readonly TreeNode<Item>[]): Segment<Item>[] {
  const links = link(nodes)
  const { isNewer } = newestBelow(nodes, links)
  const { children } = links
  let first: number | undefined
  for (const root of links.roots) if (first === undefined || isNewer(root, first)) first = root
  const starts: { node: number; from?: number; after: number }[] = []
  const segments: Segment<Item>[] = []
  if (first === undefined) return segments

  const follow = (start: number, from: number | undefined, after: number) => {
    const path = pathFrom(start, children, isNewer)
    const turns = new Set<string>()
    for (const index of path) {
      const turn = nodes[index]?.turn
      if (turn !== undefined) turns.add(turn)
    }
    const isBeside = (index: number): boolean => {
      const node = nodes[index]
      if (!node) return false
      return !node.hasWords || node.isBeside === true || (node.turn !== undefined && turns.has(node.turn))
    }
    const here = segments.length
    const items: Item[] = []
    const take = (index: number) => {
      const node = nodes[index]
      if (node) items.push(node.item)
    }
    segments.push(from === undefined ? { after, items } : { from, after, items })
    for (const [at, index] of path.entries()) {
      take(index)
      const leaving: number[] = []
      const beside = (children[index] ?? []).filter((child) => child !== path[at + 1]).toReversed()
      for (let next = beside.pop(); next !== undefined; next = beside.pop()) {
        if (!isBeside(next)) {
          leaving.push(next)
          continue
        }
        take(next)
        for (const child of (children[next] ?? []).toReversed()) beside.push(child)
      }
      for (const node of leaving) starts.push({ node, from: here, after: items.length })
    }
  }

  follow(first, undefined, 0)
  for (const root of links.roots) if (root !== first) starts.push({ node: root, from: 0, after: 0 })
  // Further starts are added behind while these are followed.
  for (const { node, from, after } of starts) follow(node, from, after)
  return segments
}
