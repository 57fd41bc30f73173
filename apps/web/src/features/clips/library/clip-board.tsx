"use client"

import type { ClipFacets } from "@strudel-agent/contract/clip-bulk"
import { useRouter } from "next/navigation"
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { type ClipCard, clipKey } from "#shared/clip/clip-list.ts"
import { useListKeys } from "#shared/collection/use-list-keys.ts"
import { useSelection } from "#shared/collection/use-selection.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { useAddToPlaying } from "#shared/playback/use-add-to-playing.ts"
import { countOf } from "#shared/words/count.ts"
import type { CardTools } from "../card/clip-card-parts.tsx"
import type { ClipAddress } from "./clip-address.ts"
import type { BulkPanel } from "./clip-bulk-bar.tsx"
import { useClipChanges } from "./clip-changes.ts"
import { ClipSection } from "./clip-section.tsx"
import { type Section, useShown, useSteadySections } from "./clip-sections.ts"

const ClipBulkBar = onDemand(() => import("./clip-bulk-bar.tsx").then((part) => part.ClipBulkBar))
const CardMenu = onDemand(() => import("./clip-card-menu.tsx").then((part) => part.CardMenu))
const MoveClipsDialog = onDemand(() => import("./clip-move-dialog.tsx").then((part) => part.MoveClipsDialog))

/** Pixels from the top within which a list may change its order under the reader. */
const atTop = 240

const focusedKey = (): string | undefined => document.activeElement?.closest<HTMLElement>("[data-clip]")?.dataset.clip

function focusClip(key: string): void {
  // The row is drawn again first.
  setTimeout(() => document.querySelector<HTMLElement>(`[data-clip="${CSS.escape(key)}"] [data-row]`)?.focus())
}

/** The clips of the library: what is selected among them, and everything that can be done with them. */
export function ClipBoard({
  sections: read,
  reset,
  busy,
  address,
  facets,
  onNear,
  empty,
  children,
}: {
  sections: Section[]
  /** Another text for each list that is another one. */
  reset: string
  busy: boolean
  address: ClipAddress
  facets: ClipFacets | undefined
  onNear?: (section: string) => void
  /** What is there in place of no clips. */
  empty: ReactNode
  children?: ReactNode
}) {
  const router = useRouter()
  const changes = useClipChanges(router.push)
  const addToPlaying = useAddToPlaying()
  const [renaming, setRenaming] = useState<string>()
  const [menu, setMenu] = useState<{ clip: ClipCard; button: HTMLElement }>()
  const [moving, setMoving] = useState<{ clips: ClipCard[]; copy: boolean }>()
  const [panel, setPanel] = useState<BulkPanel>()

  const choosing = useRef(false)
  const { sections, heldBack, showAll } = useSteadySections(
    useShown(read),
    reset,
    () => choosing.current || window.scrollY > atTop || focusedKey() !== undefined,
  )
  const clips = useMemo(() => {
    const all = sections.flatMap((section) => section.clips ?? [])
    return new Map(all.map((clip) => [clipKey(clip), clip]))
  }, [sections])
  const order = useMemo(() => [...clips.keys()], [clips])
  const selection = useSelection(order)
  const { selected } = selection
  const selectedSet = useMemo(() => new Set(selected), [selected])
  const selectedClips = selected.flatMap((key) => clips.get(key) ?? [])
  choosing.current = selected.length > 0 || renaming !== undefined
  const [formerReset, setFormerReset] = useState(reset)
  if (formerReset !== reset) {
    setFormerReset(reset)
    selection.clear()
    setPanel(undefined)
  }

  const remove = (some: ClipCard[]) => {
    changes.remove(some)
    selection.clear()
  }
  /** The clip that has the focus, else the only selected one. */
  const one = (): ClipCard | undefined => {
    const key = focusedKey() ?? (selected.length === 1 ? selected[0] : undefined)
    return key === undefined ? undefined : clips.get(key)
  }
  /** The selected clips, else the one that has the focus. */
  const some = (): ClipCard[] => {
    if (selectedClips.length > 0) return selectedClips
    const clip = one()
    return clip ? [clip] : []
  }
  const withOne = (run: (clip: ClipCard) => void) => () => {
    const clip = one()
    if (clip) run(clip)
  }
  const withSome = (run: (clips: ClipCard[]) => void) => () => {
    const chosen = some()
    if (chosen.length > 0) run(chosen)
  }
  const openPanel = (next: BulkPanel) => (chosen: ClipCard[]) => {
    for (const clip of chosen) if (!selection.has(clipKey(clip))) selection.toggle(clipKey(clip))
    setPanel(next)
  }
  const rename = (clip: ClipCard) => setRenaming(clipKey(clip))
  const move = (chosen: ClipCard[]) => setMoving({ clips: chosen, copy: false })

  const isOne = () => one() !== undefined
  const areSome = () => some().length > 0
  const group = "Clips"
  useActions([
    {
      id: "clip-select",
      name: "Select a clip",
      keys: "x",
      group,
      ready: isOne,
      run: withOne((clip) => selection.toggle(clipKey(clip))),
    },
    {
      id: "clip-range",
      name: "Select up to a clip",
      keys: "X",
      group,
      ready: isOne,
      run: withOne((clip) => selection.toggle(clipKey(clip), true)),
    },
    { id: "clip-rename", name: "Rename a clip", keys: "r", group, ready: isOne, run: withOne(rename) },
    {
      id: "clip-duplicate",
      name: "Duplicate a clip",
      keys: "d",
      group,
      ready: isOne,
      run: withOne((clip) => void changes.duplicate(clip)),
    },
    { id: "clip-tag", name: "Tag clips", keys: "t", group, ready: areSome, run: withSome(openPanel("tags")) },
    { id: "clip-color", name: "Colour clips", keys: "p", group, ready: areSome, run: withSome(openPanel("color")) },
    { id: "clip-move", name: "Move clips to a project", keys: "m", group, ready: areSome, run: withSome(move) },
    { id: "clip-delete", name: "Delete clips", keys: "#", group, ready: areSome, run: withSome(remove) },
    { id: "clip-rename-too", name: "Rename a clip", keys: "F2", group, onlyKeys: true },
    { id: "clip-delete-too", name: "Delete clips", keys: "Delete", group, onlyKeys: true },
    { id: "clip-all", name: "Select all that are shown", keys: "mod+a", group, onlyKeys: true },
    { id: "clip-none", name: "Select none", keys: "Escape", group, onlyKeys: true },
  ])
  useListKeys({
    F2: withOne(rename),
    Delete: withSome(remove),
    "mod+a": selection.chooseAll,
    // A panel that lost the focus with the button that was pressed closes first.
    Escape: panel ? () => setPanel(undefined) : selected.length > 0 ? selection.clear : undefined,
  })

  const latest = useRef({ toggle: selection.toggle, rename: changes.rename })
  useEffect(() => {
    latest.current = { toggle: selection.toggle, rename: changes.rename }
  })
  const tools = useMemo(
    (): CardTools => ({
      toggle: (key, range) => latest.current.toggle(key, range),
      openMenu: (clip, button) => setMenu({ clip, button }),
      async rename(clip, name) {
        const problem = await latest.current.rename(clip, name)
        if (problem === undefined) {
          setRenaming(undefined)
          focusClip(clipKey(clip))
        }
        return problem
      },
      stopRenaming(clip) {
        setRenaming(undefined)
        focusClip(clipKey(clip))
      },
    }),
    [],
  )

  if (order.length === 0 && !sections.some((section) => section.clips === undefined)) return empty
  const { look, filter } = address
  return (
    <div
      data-selecting={selected.length > 0 || undefined}
      aria-busy={busy}
      className={`flex flex-col gap-6 transition-opacity ${busy ? "opacity-60" : ""}`}
    >
      {heldBack > 0 && (
        <button
          type="button"
          onClick={() => {
            showAll()
            window.scrollTo({ top: 0 })
          }}
          className="sticky top-16 z-10 -mb-12 self-center rounded-full border border-accent bg-raised px-4 text-sm/8 font-medium text-accent shadow-lg md:top-3"
        >
          Show {countOf(heldBack, "new clip")}
        </button>
      )}
      {sections.map((section) => (
        <ClipSection
          key={section.id}
          section={section}
          look={look}
          address={address}
          showProject={look.group !== "project" && filter.projectId === undefined}
          tools={tools}
          selected={selectedSet}
          renaming={renaming}
          onNear={onNear}
        />
      ))}
      {children}
      {selected.length > 0 && (
        <ClipBulkBar
          clips={selectedClips}
          tags={(facets?.tags ?? []).map(({ tag }) => tag)}
          panel={panel}
          changes={changes}
          onPanel={setPanel}
          onMove={() => move(selectedClips)}
          onDelete={() => remove(selectedClips)}
          onClear={() => {
            setPanel(undefined)
            selection.clear()
          }}
        />
      )}
      {menu && (
        <CardMenu
          {...menu}
          onClose={() => setMenu(undefined)}
          acts={{
            select: () => selection.toggle(clipKey(menu.clip)),
            addToPlaying: () => void addToPlaying(menu.clip),
            rename: () => rename(menu.clip),
            duplicate: () => void changes.duplicate(menu.clip),
            duplicateTo: () => setMoving({ clips: [menu.clip], copy: true }),
            tag: () => openPanel("tags")([menu.clip]),
            move: () => move([menu.clip]),
            delete: () => remove([menu.clip]),
          }}
        />
      )}
      {moving && (
        <MoveClipsDialog {...moving} changes={changes} onDone={selection.clear} onClose={() => setMoving(undefined)} />
      )}
    </div>
  )
}
