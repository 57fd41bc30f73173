"use client"

import type { Entry } from "@strudel-agent/reference/entry"
import { TextCursorInputIcon } from "lucide-react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { PlaySourceButton } from "#shared/playback/play-button.tsx"
import type { PlaySource } from "#shared/playback/use-play.ts"
import { Button } from "#shared/ui/button.tsx"
import { CodeFrame } from "#shared/ui/code-block.tsx"
import { CopyButton } from "#shared/ui/copy-button.tsx"
import { Highlight } from "#shared/ui/highlight.tsx"
import { aliasesInWords } from "./entry-card.ts"

/** An example as a button plays it, in the place of what plays until then. */
function sourceOf({ name, kind, example }: Entry, isWanted: () => boolean): PlaySource {
  const id = `reference ${kind} ${name}`
  return {
    id,
    name: `the example of ${name}`,
    inPassing: true,
    isWanted,
    async load() {
      const { playableClip, playableOfClip } = await loadWithRetry(() => import("#shared/player/playable.ts"))
      const clip = playableClip({ projectId: "", id, name: `Example of ${name}`, code: example, metadata: {} })
      return playableOfClip({ ...clip, key: id, href: undefined }, id)
    },
  }
}

/** One thing of the language: what it does, and an example that can be heard, copied and put into the code. */
export function ReferenceEntry({
  entry,
  isOpen,
  onInsert,
}: {
  entry: Entry
  /** Whether the list that it stands in is still there. */
  isOpen: () => boolean
  onInsert: ((example: string) => void) | undefined
}) {
  const { name, kind, topic, signature, takes, does, example } = entry
  const also = aliasesInWords(entry)
  return (
    <article aria-label={name} className="border-t border-line py-4 first:border-0 first:pt-0">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h3 className="min-w-0 font-mono text-sm font-semibold [overflow-wrap:anywhere]">{signature}</h3>
        <p className="text-xs text-soft">
          {kind} · {topic}
        </p>
      </header>
      <p className="mt-1 text-sm">{does}</p>
      {takes && <p className="mt-0.5 text-xs text-soft [overflow-wrap:anywhere]">Takes {takes}</p>}
      {also && <p className="mt-0.5 text-xs text-soft [overflow-wrap:anywhere]">Also {also}</p>}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <PlaySourceButton source={sourceOf(entry, isOpen)} />
        <div className="min-w-0 flex-1 basis-56">
          <CodeFrame label={`Example of ${name}`}>
            <Highlight code={example} />
          </CodeFrame>
        </div>
        <CopyButton text={example} what={`the example of ${name}`} />
        {onInsert && (
          <Button onClick={() => onInsert(example)} aria-label={`Insert the example of ${name}`}>
            <TextCursorInputIcon aria-hidden="true" /> Insert
          </Button>
        )}
      </div>
    </article>
  )
}
