"use client"

import { itemFolders, type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { Trash2Icon } from "lucide-react"
import { type ComponentProps, type ReactNode, useState } from "react"
import { useItemActions } from "#shared/items/item-actions.ts"
import { ItemHead } from "#shared/items/item-head.tsx"
import { usePagePlayable } from "#shared/playback/page-playable.ts"
import { PlaySourceButton } from "#shared/playback/play-button.tsx"
import { StageLink } from "#shared/playback/stage-link.tsx"
import type { usePlaySource } from "#shared/playback/use-play.ts"
import { idsOf } from "#shared/song/order.ts"
import { TextPart } from "#shared/text/text-part.tsx"
import { IconButton } from "#shared/ui/button.tsx"
import { Page, Part } from "#shared/ui/page.tsx"
import { useRestore } from "#shared/versions/use-restore.ts"
import { useShownVersions } from "#shared/versions/use-shown-versions.ts"
import type { VersionList } from "#shared/versions/version-list.tsx"
import { AboutPart } from "../about/about-part.tsx"
import { ItemOwner } from "../about/item-owner.tsx"
import { useOrderActions } from "../arrangement/order-actions.ts"
import { OrderList } from "../arrangement/order-list.tsx"
import { orderNote } from "../arrangement/order-note.ts"
import type { OrderedComparison } from "../arrangement/ordered-comparison.tsx"
import type { Order } from "../arrangement/use-order.ts"
import { sequenceWords } from "../sequence-words.ts"
import type { SequenceStore } from "./sequence-store.ts"

interface Sequence {
  projectId: string
  id: string
  name: string
  body: string
  metadata: Record<string, unknown>
  version: number
  createdAt: string
  updatedAt: string
}

/** Two versions of what the page shows, to be compared. */
export type Compared = Pick<ComponentProps<typeof OrderedComparison>, "versions" | "locked" | "onRestore" | "onClose">

/** Which versions of what the page shows are listed and chosen. */
export type Listed = Pick<ComponentProps<typeof VersionList>, "current" | "shown" | "onToggle"> & {
  projectId: string
  id: string
}

type Ordered = Pick<ComponentProps<typeof OrderList>, "parts" | "useFound" | "onFound" | "pictureOf" | "sectionNames">

interface Props {
  kind: SequenceKind
  sequence: Sequence
  source: ReturnType<typeof usePlaySource>
  store: SequenceStore
  order: Order
  ordered: Ordered
  /** Links of its text that lead nowhere. */
  broken: string[] | undefined
  onDelete: () => void
  /** More buttons of its head. */
  actions?: ReactNode
  /** What stands above its parts. */
  picture?: ReactNode
  /** What stands beside its parts, before and behind its text. */
  beforeText?: ReactNode
  behindText?: ReactNode
  drawComparison: (compared: Compared) => ReactNode
  drawHistory: (listed: Listed) => ReactNode
}

/** The page of one song or playlist: its parts in order, its text, what is known of it, and its history. */
export function SequencePage(props: Props) {
  const { kind, sequence, source, store, order, ordered, broken, actions, picture, beforeText, behindText } = props
  const { projectId, id, name, body, version, updatedAt } = sequence
  const { part } = sequenceParts[kind]
  const folder = itemFolders[kind]
  const { runs } = order.state
  const [renaming, setRenaming] = useState(false)
  usePagePlayable(source)

  async function remove() {
    await order.keeper.flush()
    props.onDelete()
  }

  const versions = useShownVersions(version)
  const bringBack = useRestore(version, store.restore)
  async function restore(former: number, without: string | undefined) {
    await order.keeper.flush()
    if (!order.keeper.state().aside) await bringBack(former, without)
  }

  useItemActions({ what: kind, onRename: () => setRenaming(true), onDelete: () => void remove() })
  useOrderActions(part)

  return (
    <Page>
      <ItemHead
        above={<ItemOwner kind={kind} projectId={projectId} />}
        name={name}
        note={orderNote(part, runs, ordered.parts)}
        onRename={store.rename}
        renaming={renaming}
        setRenaming={setRenaming}
      >
        <PlaySourceButton source={source} size="large" />
        <StageLink folder={folder} projectId={projectId} id={id} />
        {actions}
        <IconButton label={`Delete this ${kind}`} onClick={() => void remove()}>
          <Trash2Icon aria-hidden="true" />
        </IconButton>
      </ItemHead>
      {picture}
      {versions.pair &&
        props.drawComparison({
          versions: versions.pair,
          locked: order.state.aside
            ? "Your order is not stored: decide about it before you restore a version."
            : undefined,
          onRestore: restore,
          onClose: versions.close,
        })}
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <Part title={sequenceWords[kind].parts} note={idsOf(runs).length || undefined}>
          <OrderList order={order} kind={part} projectId={projectId} {...ordered} />
        </Part>
        <div className="flex min-w-0 flex-col gap-8 lg:row-span-2">
          {beforeText}
          <TextPart
            title="Notes"
            empty="Nothing is written about it."
            stored={{ text: body, updatedAt }}
            name={name}
            base={{ projectId, folder: `${folder}/` }}
            broken={broken}
            draftName={`${kind}:${projectId}/${id}`}
            storage={store.text}
          />
          {behindText}
          <AboutPart item={sequence} onTag={store.changeTag} />
        </div>
        {props.drawHistory({ projectId, id, current: version, shown: versions.shown, onToggle: versions.toggle })}
      </div>
    </Page>
  )
}
