import { isBlankCode } from "./character.ts"
import type { LineCursor } from "./line-cursor.ts"

/** The number of signs that begin a heading here, 1 to 6; undefined where none begins. */
export function headingAt({ text, next, end }: LineCursor): number | undefined {
  let at = next
  while (at < end && text.charCodeAt(at) === 35) at++
  const depth = at - next
  return depth > 0 && depth <= 6 && (at === end || isBlankCode(text.charCodeAt(at))) ? depth : undefined
}

/** Whether nothing but three or more of one sign, and blanks, stand here. */
export function isThematicBreak({ text, next, end }: LineCursor): boolean {
  const sign = text.charCodeAt(next)
  if (sign !== 42 && sign !== 45 && sign !== 95) return false
  let count = 0
  for (let at = next; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === sign) count++
    else if (!isBlankCode(code)) return false
  }
  return count >= 3
}

/** The depth of a heading that this line, being one of its signs alone, makes of the paragraph above. */
export function underlineAt({ text, next, end }: LineCursor): 1 | 2 | undefined {
  const sign = text.charCodeAt(next)
  if (sign !== 61 && sign !== 45) return undefined
  let at = next
  while (at < end && text.charCodeAt(at) === sign) at++
  while (at < end && isBlankCode(text.charCodeAt(at))) at++
  return at < end ? undefined : sign === 61 ? 1 : 2
}

/** A fence of backticks or tildes around code. */
export type Fence = { sign: number; length: number }

function fenceHere({ text, next, end }: LineCursor): Fence | undefined {
  const sign = text.charCodeAt(next)
  if (sign !== 96 && sign !== 126) return undefined
  let at = next
  while (at < end && text.charCodeAt(at) === sign) at++
  return at - next >= 3 ? { sign, length: at - next } : undefined
}

/** The fence that opens here. */
export function openingFenceAt(cursor: LineCursor): Fence | undefined {
  const fence = fenceHere(cursor)
  if (fence?.sign !== 96) return fence
  const other = cursor.text.indexOf("`", cursor.next + fence.length)
  return other < 0 || other >= cursor.end ? fence : undefined
}

/** Whether a fence is closed here. */
export function closesFence(cursor: LineCursor, { sign, length }: Fence): boolean {
  const fence = fenceHere(cursor)
  if (!fence || fence.sign !== sign || fence.length < length) return false
  let at = cursor.next + fence.length
  while (at < cursor.end && isBlankCode(cursor.text.charCodeAt(at))) at++
  return at === cursor.end
}

/** What a list item begins with; `sign` is the bullet, or what stands behind the number. */
export type Marker = { sign: string; isNumbered: boolean; length: number }

const longestNumber = 9

/** The marker of a list item that stands here. What interrupts a paragraph must begin a list, and must not be empty. */
export function markerAt({ text, next, end }: LineCursor, interrupts: boolean): Marker | undefined {
  let at = next
  while (at < end && at - next < longestNumber && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
  const isNumbered = at > next
  const sign = at < end ? text.charAt(at) : ""
  if (sign === "" || !(isNumbered ? ".)" : "*+-").includes(sign)) return undefined
  const behind = at + 1
  if (behind < end && !isBlankCode(text.charCodeAt(behind))) return undefined
  if (interrupts) {
    if (isNumbered && text.slice(next, at) !== "1") return undefined
    let word = behind
    while (word < end && isBlankCode(text.charCodeAt(word))) word++
    if (word === end) return undefined
  }
  return { sign, isNumbered, length: behind - next }
}
