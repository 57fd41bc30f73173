/** Index pairs of what two sequences have in common in the same order, as much as can be. */
export function commonOrder(left: readonly string[], right: readonly string[]): [left: number, right: number][] {
  const pairs: [number, number][] = []
  let head = 0
  while (head < left.length && head < right.length && left[head] === right[head]) pairs.push([head, head++])
  let leftEnd = left.length
  let rightEnd = right.length
  const tail: [number, number][] = []
  while (leftEnd > head && rightEnd > head && left[leftEnd - 1] === right[rightEnd - 1])
    tail.push([--leftEnd, --rightEnd])
  const between = commonOfDifferent(left.slice(head, leftEnd), right.slice(head, rightEnd)).map(shiftedBy(head))
  return [...pairs, ...between, ...tail.reverse()]
}

const shiftedBy =
  (offset: number) =>
  ([left, right]: [number, number]): [number, number] => [left + offset, right + offset]

/** Longest common subsequence by table; beyond this many cells nothing counts as common. */
const mostCells = 4_000_000

function commonOfDifferent(left: readonly string[], right: readonly string[]): [number, number][] {
  const width = right.length + 1
  if (left.length === 0 || right.length === 0 || (left.length + 1) * width > mostCells) return []
  const lengths = new Uint32Array((left.length + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const pairs: [number, number][] = []
  for (let row = 0, column = 0; row < left.length && column < right.length; ) {
    if (left[row] === right[column]) pairs.push([row++, column++])
    else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return pairs
}
