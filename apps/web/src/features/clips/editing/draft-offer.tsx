"use client"

import { FileClockIcon } from "lucide-react"
import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { listPartChanges } from "#shared/versions/metadata-words.ts"
import { PartChanges } from "#shared/versions/part-changes.tsx"
import { useWide } from "#shared/versions/use-wide.ts"
import type { KeptClipDraft } from "./clip-draft.ts"
import { contentOf, type Stored } from "./clip-editing.ts"
import { Notice } from "./notice.tsx"

const MergeCode = onDemand(() => import("#shared/editor/merge-code.tsx").then((part) => part.MergeCode))

/** Offers what an earlier page left unsaved; until it is decided, nothing can be typed over it. */
export function DraftOffer({
  offer,
  newest,
  onContinue,
  onDiscard,
}: {
  offer: KeptClipDraft
  newest: Stored
  onContinue: () => void
  onDiscard: () => void
}) {
  const [comparing, setComparing] = useState(false)
  const isWide = useWide()
  const content = contentOf(offer)
  return (
    <>
      <Notice
        icon={FileClockIcon}
        actions={
          <>
            <Button aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
              Compare
            </Button>
            <Button onClick={onDiscard}>Discard</Button>
            <Button onClick={onContinue} className="border-accent! text-accent!">
              Continue
            </Button>
          </>
        }
      >
        You have unsaved changes from <Ago at={new Date(offer.at).toISOString()} />
        {newest.version > offer.base.version && `, made on version ${offer.base.version}`}.
      </Notice>
      {comparing && (
        <div className="flex flex-col gap-3">
          <MergeCode
            left={{ text: newest.code, label: `Version ${newest.version}, stored` }}
            right={{ text: offer.draft.merging?.code ?? content.code, label: "Your unsaved changes" }}
            beside={isWide}
          />
          <PartChanges changes={listPartChanges(newest, content)} besides="code" />
        </div>
      )}
    </>
  )
}
