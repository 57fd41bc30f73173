"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { Command } from "cmdk"
import { SearchIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { useDebounced } from "#shared/items/use-debounced.ts"
import { listActions, useListedActions } from "#shared/keyboard/actions.ts"
import { recentPlaces } from "#shared/shell/palette-recent.ts"
import { FilterHints } from "../filter-hints.tsx"
import { typingRest, useOffered } from "../use-offered.ts"
import { PaletteFoot } from "./palette-foot.tsx"
import { paletteGroups, type Target } from "./palette-groups.ts"
import { PaletteItem } from "./palette-item.tsx"
import { useViewActions } from "./palette-views.ts"

/** Hits of each kind. */
const most = 5

/** A dialog that finds everything: what can be done, where one was, and what the library and the sessions hold. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const aside = useRef(false)
  const left = useRef(false)
  const [text, setText] = useState("")
  const [chosen, setChosen] = useState("")
  const [recent] = useState(recentPlaces)
  const [unready] = useState(() => new Set(listActions().flatMap(({ id, ready }) => (ready?.() === false ? id : []))))
  const actions = useListedActions().filter(({ id }) => !unready.has(id))
  const views = useViewActions()
  const offered = useOffered(text)
  const q = useDebounced(text.trim(), typingRest)
  const query = api.search.query.useQuery(
    { q, limit: most, perKind: true },
    { enabled: q !== "", placeholderData: keepPreviousData, trpc: { abortOnUnmount: true } },
  )
  const asked = text.trim()
  const hits = asked === "" ? [] : (query.data?.items ?? [])
  const groups = paletteGroups({ text: asked, actions: [...actions, ...views], recent, hits })
  const targets = groups.flatMap((group) => group.targets)
  // What was chosen may have gone with the answer before: then it is the best again.
  const current = targets.find(({ id }) => id === chosen) ?? targets[0]
  const busy = asked !== "" && (asked !== q || query.isFetching)

  useEffect(() => {
    dialog.current?.showModal()
    field.current?.focus()
  }, [])

  function type(text: string) {
    setText(text)
    setChosen("")
  }

  function complete(text: string) {
    type(text)
    field.current?.focus()
  }

  /** Leaves at once: the event of a closed dialog comes later, and would take away a palette that was asked for since. */
  function leave() {
    left.current = true
    dialog.current?.close()
    onClose()
  }

  function take(target: Target, inNewTab: boolean) {
    leave()
    if (target.run) target.run()
    else if (inNewTab) window.open(target.href, "_blank", "noopener")
    else router.push(target.href)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      if (current) take(current, true)
    } else if (event.key === "Tab" && !event.shiftKey) {
      const [first] = offered
      if (!first) return
      event.preventDefault()
      type(first.text)
    }
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: escape closes a dialog by itself.
    <dialog
      ref={dialog}
      aria-label="Find anything"
      onCancel={leave}
      onClose={() => left.current || onClose()}
      onClick={(event) => event.target === event.currentTarget && leave()}
      className="mx-auto mt-[6dvh] w-[min(44rem,calc(100vw-1.5rem))] overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-2xl backdrop:bg-[rgb(0_0_0/50%)] md:mt-[12dvh]"
    >
      <Command
        shouldFilter={false}
        loop
        label="Find"
        value={current?.id ?? ""}
        onValueChange={setChosen}
        onKeyDown={onKeyDown}
        onClickCapture={({ metaKey, ctrlKey }) => {
          aside.current = metaKey || ctrlKey
        }}
        className="flex max-h-[min(40rem,80dvh)] flex-col"
      >
        <div className="flex items-center gap-3 border-b border-line px-4">
          <SearchIcon
            className={`size-4 shrink-0 ${busy ? "animate-pulse text-accent" : "text-faint"}`}
            aria-hidden="true"
          />
          <Command.Input
            ref={field}
            value={text}
            onValueChange={type}
            maxLength={200}
            placeholder="A name, words, code, or something to do"
            className="h-13 w-full min-w-0 bg-transparent outline-none placeholder:text-faint"
          />
        </div>
        <FilterHints text={text} offered={offered} onComplete={complete} />
        <Command.List
          aria-busy={busy}
          className={`min-h-40 flex-1 scroll-py-10 overflow-y-auto overscroll-contain p-2 transition-opacity ${busy && query.isPlaceholderData ? "opacity-70" : ""}`}
        >
          {groups.map(({ name, targets }) => (
            <Command.Group
              key={name}
              heading={name}
              className="mb-2 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
            >
              {targets.map((target) => (
                <PaletteItem key={target.id} target={target} onTake={() => take(target, aside.current)} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
        <PaletteFoot
          query={query}
          asked={asked}
          busy={busy}
          found={targets.length}
          onClose={() => dialog.current?.close()}
        />
      </Command>
    </dialog>
  )
}
