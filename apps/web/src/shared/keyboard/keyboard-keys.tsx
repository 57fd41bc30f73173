"use client"

import { useApple } from "./apple.ts"

/** What is printed on keys: on those of Apple, and on all others. */
const printed: Record<string, [apple: string, other: string]> = {
  mod: ["⌘", "Ctrl"],
  alt: ["⌥", "Alt"],
  Enter: ["↵", "Enter"],
  ArrowUp: ["↑", "↑"],
  ArrowDown: ["↓", "↓"],
  ArrowLeft: ["←", "←"],
  ArrowRight: ["→", "→"],
  Escape: ["esc", "Esc"],
  Delete: ["⌦", "Del"],
  Tab: ["⇥", "Tab"],
  Space: ["space", "Space"],
  " ": ["space", "Space"],
}
const spoken: Record<string, string> = {
  "?": "question mark",
  "/": "slash",
  "↵": "enter",
  "⌘": "command",
  "⌥": "option",
  "⌦": "delete",
  "⇥": "tab",
  "↑": "up",
  "↓": "down",
  "←": "left",
  "→": "right",
}

const printedOn = (key: string, apple: boolean): string => {
  const names = printed[key]
  if (names) return names[apple ? 0 : 1]
  return key.length === 1 ? key.toUpperCase() : key
}

/** Keys as they are printed on a keyboard; in turn where there are several. */
export function Keys({ keys }: { keys: string }) {
  const apple = useApple()
  return (
    <span className="inline-flex items-center gap-1">
      {keys.split(" ").map((chord, turn) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key may be pressed twice, and they never change places.
        <span key={turn} className="inline-flex items-center gap-1">
          {turn > 0 && <span className="text-xs text-faint">then</span>}
          {chord.split("+").map((key) => {
            const name = printedOn(key, apple)
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
