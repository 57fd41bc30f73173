"use client"

import { useEffect, useRef, useSyncExternalStore } from "react"

/** Something that can be done, from the palette and by keys. */
export interface Action {
  /** Unique among the actions of its page. */
  id: string
  name: string
  /** The heading that it stands under on the keyboard map. */
  group: string
  /** Keys as `KeyboardEvent.key` has them, one after another with blanks between, such as "g s" or "?". */
  keys?: string
  /** Undefined where the page itself listens for the keys: then the keyboard map alone tells of it. */
  run?: (() => void) | undefined
  /** Whether it can be done as the palette opens, while the focus is still where it was; always where left out. */
  ready?: (() => boolean) | undefined
  /** Whether the palette leaves it out: what moves the focus makes no sense there. */
  onlyKeys?: boolean
  /** Whether a key that is held does it again and again. */
  repeats?: boolean
}

/** The page's come before those that are there on every page. */
export type Layer = "page" | "everywhere"

const registered = new Map<symbol, { layer: Layer; actions: Action[] }>()
const listeners = new Set<() => void>()
const none: Action[] = []
let inOrder = none

const of = (layer: Layer): Action[] =>
  [...registered.values()].flatMap((each) => (each.layer === layer ? each.actions : []))

function changed() {
  inOrder = [...of("page"), ...of("everywhere")]
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** All actions that there are at this moment, the page's first. */
export const listActions = (): Action[] => inOrder

/** Offers actions as long as the component is there. What they run is always that of the last drawing. */
export function useActions(actions: Action[], layer: Layer = "page"): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const shape = JSON.stringify(actions.map((action) => ({ ...action, run: !action.run, ready: !action.ready })))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the actions, which are new at each drawing.
  useEffect(() => {
    const key = Symbol()
    const now = (id: string) => latest.current.find((action) => action.id === id)
    const offered = latest.current.map((action) => ({
      ...action,
      run: action.run && (() => now(action.id)?.run?.()),
      ready: action.ready && (() => now(action.id)?.ready?.() ?? false),
    }))
    registered.set(key, { layer, actions: offered })
    changed()
    return () => {
      registered.delete(key)
      changed()
    }
  }, [shape, layer])
}

/** As `listActions`, drawn anew when they change. */
export const useListedActions = (): Action[] => useSyncExternalStore(subscribe, listActions, () => none)
