"use client"

import type { ClipFacets } from "@strudel-agent/contract/clip/bulk"
import { useRouter } from "next/navigation"
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { type ClipCard, clipKey } from "#shared/clip/clip-list.ts"
import type { Place } from "#shared/collection/layout.ts"
import { NewsButton } from "#shared/collection/news-button.tsx"
import { useCollection } from "#shared/collection/use-collection.ts"
import { sectionOf, useListKeys } from "#shared/collection/use-list-keys.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { useAddToPlaying } from "#shared/playback/use-add-to-playing.ts"
import type { CardTools } from "../card/clip-card-parts.tsx"
import type { ClipAddress } from "./clip-address.ts"
import type { BulkPanel } from "./clip-bulk-bar.tsx"
import { clipPatches, useClipChanges } from "./clip-changes.ts"
import { ClipSection, shapes } from "./clip-section.tsx"
import type { ClipGroup } from "./clip-sections.ts"

const ClipBulkBar = onDemand(() => import("./clip-bulk-bar.tsx").then((part) => part.ClipBulkBar))
const CardMenu = onDemand(() => import("./clip-card-menu.tsx").then((part) => part.CardMenu))
const MoveClipsDialog = onDemand(() => import("./clip-move-dialog.tsx").then((part) => part.MoveClipsDialog))

/** The clips of the library: what is selected among them, and everything that can be done with them. */
export function ClipBoard({
  sections,
  complete,
  busy,
  address,
  facets,
  onDrawn,
  readOn,
  empty,
  children,
}: {
  sections: ClipGroup[]
  /** Whether these are all the clips that there are. */
  complete: boolean
  /** Whether another list is on its way. */
  busy: boolean
  address: ClipAddress
  facets: ClipFacets | undefined
  onDrawn: (clips: ReadonlySet<string>, sections: string[]) => void
  readOn?: (() => unknown) | undefined
  /** What is there in place of no clips. */
  empty: ReactNode
  children?: ReactNode
}) {
  const router = useRouter()
  const changes = useClipChanges(router.push)
  const addToPlaying = useAddToPlaying()
  const [renaming, setRenaming] = useState<Place>()
  const [menu, setMenu] = useState<{ clip: ClipCard; button: HTMLElement }>()
  const [moving, setMoving] = useState<{ clips: ClipCard[]; copy: boolean }>()
  const [panel, setPanel] = useState<BulkPanel>()

  const { look, filter, sort } = address
  const reset = busy ? "on its way" : JSON.stringify([filter, sort, look.group])
  const list = useCollection<ClipCard>({
    ...{ sections, reset, onDrawn, readOn },
    keyOf: clipKey,
    shape: shapes[look.view],
    patches: clipPatches,
    steady: true,
    busy: renaming !== undefined,
  })
  const { selection, chosen, one, some } = list
  const [formerReset, setFormerReset] = useState(reset)
  if (formerReset !== reset) {
    setFormerReset(reset)
    selection.clear()
    setPanel(undefined)
  }

  const remove = (clips: ClipCard[]) => {
    changes.remove(clips)
    selection.clear()
  }
  const withOne = (run: (clip: ClipCard) => void) => () => {
    const clip = one()
    if (clip) run(clip)
  }
  const withSome = (run: (clips: ClipCard[]) => void) => () => {
    const clips = some()
    if (clips.length > 0) run(clips)
  }
  const openPanel = (next: BulkPanel) => (clips: ClipCard[]) => {
    for (const clip of clips) if (!selection.has(clipKey(clip))) selection.toggle(clipKey(clip))
    setPanel(next)
  }
  const rename = (clip: ClipCard, from = document.activeElement) => {
    const key = clipKey(clip)
    const first = sections.find(({ rows }) => rows?.some((row) => clipKey(row) === key))
    setRenaming({ key, section: sectionOf(from) ?? first?.id })
  }
  const move = (clips: ClipCard[]) => setMoving({ clips, copy: false })

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
    { id: "clip-rename", name: "Rename a clip", keys: "r", group, ready: isOne, run: withOne((clip) => rename(clip)) },
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
    F2: withOne((clip) => rename(clip)),
    Delete: withSome(remove),
    "mod+a": selection.chooseAll,
    // A panel that lost the focus with the button that was pressed closes first.
    Escape: panel ? () => setPanel(undefined) : chosen.length > 0 ? selection.clear : undefined,
  })

  const latest = useRef({ toggle: selection.toggle, rename: changes.rename, focus: list.focus, renaming })
  useEffect(() => {
    latest.current = { toggle: selection.toggle, rename: changes.rename, focus: list.focus, renaming }
  })
  const tools = useMemo(
    (): CardTools => ({
      toggle: (key, range) => latest.current.toggle(key, range),
      openMenu: (clip, button) => setMenu({ clip, button }),
      async rename(clip, name) {
        const section = latest.current.renaming?.section
        const problem = await latest.current.rename(clip, name)
        if (problem === undefined) {
          setRenaming(undefined)
          latest.current.focus(clipKey(clip), { section })
        }
        return problem
      },
      stopRenaming(clip) {
        const section = latest.current.renaming?.section
        setRenaming(undefined)
        latest.current.focus(clipKey(clip), { section })
      },
    }),
    [],
  )

  if (list.rows.size === 0 && complete) return empty
  return (
    <div
      data-selecting={chosen.length > 0 || undefined}
      aria-busy={busy}
      onFocusCapture={list.onFocusCapture}
      className={`flex flex-col gap-6 transition-opacity ${busy ? "opacity-60" : ""}`}
    >
      <div>
        <NewsButton count={list.news} what="clip" onShow={list.showNews} />
        <div
          ref={list.place}
          className={look.group === "none" ? (look.view === "rows" ? "border-t border-line" : "") : "-mt-6"}
          style={{ paddingBottom: list.below }}
        >
          {list.drawn.map((drawn) => {
            const group = sections.find(({ id }) => id === drawn.section.id)
            return (
              group && (
                <ClipSection
                  key={group.id}
                  group={group}
                  drawn={drawn}
                  columns={list.columns}
                  address={address}
                  showProject={look.group !== "project" && filter.projectId === undefined}
                  tools={tools}
                  isChosen={selection.has}
                  renaming={renaming}
                />
              )
            )
          })}
        </div>
      </div>
      {children}
      {chosen.length > 0 && (
        <ClipBulkBar
          clips={chosen}
          tags={(facets?.tags ?? []).map(({ tag }) => tag)}
          panel={panel}
          changes={changes}
          onPanel={setPanel}
          onMove={() => move(chosen)}
          onDelete={() => remove(chosen)}
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
            rename: () => rename(menu.clip, menu.button),
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
