"use client"

import { useRouter } from "next/navigation"
import { type Action, useActions } from "#shared/keyboard/actions.ts"
import { show } from "./palette-state.ts"
import { places } from "./places.ts"
import { toggleTheme } from "./theme-toggle.tsx"

/** Moves the focus among the rows of the page's lists, which are marked with `data-row`. */
function moveFocus(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")]
  const here = rows.findIndex((row) => row.contains(document.activeElement))
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: "nearest" })
}

/** The page's own search field, if it has one. */
export const searchField = (): HTMLInputElement | null => document.querySelector("main input[type=search]")

function search() {
  const field = searchField()
  if (!field) return show("palette")
  field.focus()
  field.select()
}

const moving = { group: "Lists", onlyKeys: true, repeats: true } as const

/** Offers what can be done on every page. */
export function useActionsEverywhere(): void {
  const router = useRouter()
  const actions: Action[] = [
    { id: "palette", name: "Find anything", group: "Everywhere", keys: "mod+k", onlyKeys: true },
    {
      id: "search",
      name: "To the list's search, or else find anything",
      group: "Everywhere",
      keys: "/",
      onlyKeys: true,
      run: search,
    },
    { id: "undo", name: "Take back what was just done", group: "Everywhere", keys: "mod+z", onlyKeys: true },
    { id: "keyboard", name: "Show the keyboard map", group: "Everywhere", keys: "?", run: () => show("keyboard") },
    {
      id: "keyboard-too",
      name: "Show the keyboard map",
      group: "Go to",
      keys: "g k",
      onlyKeys: true,
      run: () => show("keyboard"),
    },
    {
      id: "welcome",
      name: "First steps: what this is",
      group: "Go to",
      keys: "g w",
      run: () => router.push("/welcome"),
    },
    { id: "theme", name: "Switch between light and dark", group: "Everywhere", keys: "g t", run: toggleTheme },
    { ...moving, id: "next", name: "The next row", keys: "j", run: () => moveFocus(1) },
    { ...moving, id: "previous", name: "The row before", keys: "k", run: () => moveFocus(-1) },
    { id: "open", name: "Open the row", group: "Lists", keys: "Enter", onlyKeys: true },
    ...places.map(({ href, name, key }) => ({
      id: `go${href.replace("/", "-")}`,
      name: `Go to ${name.toLowerCase()}`,
      group: "Go to",
      keys: `g ${key}`,
      run: () => router.push(href),
    })),
    { id: "go-search", name: "Go to the search page", group: "Go to", keys: "g f", run: () => router.push("/search") },
    ...places.map(({ href, one, key }) => ({
      id: `new-${one}`,
      name: `New ${one}`,
      group: "Make",
      keys: `c ${key}`,
      run: () => router.push(`${href}?new=1`),
    })),
  ]
  useActions(actions, "everywhere")
}
