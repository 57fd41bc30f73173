/** Which names depend on which others; each name has an entry. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** The names that one leads to, step by step; itself among them where a way leads back. */
function reachedFrom(graph: Graph, name: string): Set<string> {
  const reached = new Set<string>()
  const ahead = [...(graph.get(name) ?? [])]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    ahead.push(...(graph.get(next) ?? []))
  }
  return reached
}

/** The groups of names that all lead to each other, sorted; empty where nothing leads back to where it came from. */
export function circlesOf(graph: Graph): string[][] {
  const reach = new Map([...graph.keys()].map((name) => [name, reachedFrom(graph, name)]))
  const inCircle = [...graph.keys()].filter((name) => reach.get(name)?.has(name))
  const groups = inCircle.map((name) =>
    inCircle.filter((other) => other === name || (reach.get(name)?.has(other) && reach.get(other)?.has(name))),
  )
  return [...new Map(groups.map((group) => [group.toSorted().join(), group.toSorted()])).values()]
}

/** The same graph between groups of its names, without what stays within a group. */
export function between(graph: Graph, groupOf: (name: string) => string): Graph {
  const groups = new Map<string, Set<string>>()
  for (const [name, others] of graph) {
    const group = groups.get(groupOf(name)) ?? new Set()
    groups.set(groupOf(name), group)
    for (const other of others) if (groupOf(other) !== groupOf(name)) group.add(groupOf(other))
  }
  return groups
}

/** The same graph without the arrows that a longer way tells, too; it has no circle. */
export function withoutShortcuts(graph: Graph): Graph {
  return new Map(
    [...graph].map(([name, others]) => {
      const further = new Set([...others].flatMap((other) => [...reachedFrom(graph, other)]))
      return [name, new Set([...others].filter((other) => !further.has(other)))]
    }),
  )
}
