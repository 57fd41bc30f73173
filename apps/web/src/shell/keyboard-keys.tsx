"use client"

import { useSyncExternalStore } from "react"

const never = () => () => {}
const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent)

/** Whether the key beside the space bar is ⌘; on the server nobody knows. */
export const useApple = (): boolean => useSyncExternalStore(never, isApple, () => false)

const names: Record<string, string> = {
  Enter: "↵",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "esc",
  Delete: "del",
  Tab: "tab",
}
const spoken: Record<string, string> = { "?": "question mark", "/": "slash", "↵": "enter", "⌘": "command" }

/** Keys as they are printed on a keyboard; in turn where there are several. */
export function Keys({ keys }: { keys: string }) {
  const apple = useApple()
  const mod = apple ? "⌘" : "Ctrl"
  return (
    <span className="inline-flex items-center gap-1">
      {keys.split(" ").map((chord, turn) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key may be pressed twice, and they never change places.
        <span key={turn} className="inline-flex items-center gap-1">
          {turn > 0 && <span className="text-xs text-faint">then</span>}
          {chord.split("+").map((key) => {
            const name = key === "mod" ? mod : (names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
            return (
              <kbd
                key={key}
                className="inline-grid h-5.5 min-w-5.5 place-items-center rounded border border-line bg-raised px-1.5 font-mono text-xs text-soft"
              >
                <span aria-hidden={name in spoken}>{name}</span>
                {name in spoken && <span className="sr-only">{spoken[name]}</span>}
              </kbd>
            )
          })}
        </span>
      ))}
    </span>
  )
}
