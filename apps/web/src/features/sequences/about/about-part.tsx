"use client"

import { textOf, textsOf } from "#shared/ui/metadata.ts"
import { Fact, Facts, Part } from "#shared/ui/page.tsx"
import { Ago, Moment } from "#shared/ui/time.tsx"
import { moreMetadata } from "./more-metadata.ts"
import type { TagChange } from "./store-tags.ts"
import { TagsEditor } from "./tags-editor.tsx"

/** What is known about a song or playlist besides its parts and its text. */
export function AboutPart({
  item: { id, metadata, createdAt, updatedAt },
  onTag,
}: {
  item: { id: string; metadata: Record<string, unknown>; createdAt: string; updatedAt: string }
  /** Stores a change of the tags; rejects where it is not stored. */
  onTag: (change: TagChange) => Promise<unknown>
}) {
  const { bpm } = metadata
  const scale = textOf(metadata.scale)
  const author = textOf(metadata.author)
  return (
    <Part title="About">
      <Facts>
        <Fact name="Id">
          <span className="font-mono text-xs">{id}</span>
        </Fact>
        {typeof bpm === "number" && <Fact name="Tempo">{bpm} bpm</Fact>}
        {scale && <Fact name="Scale">{scale}</Fact>}
        {author && <Fact name="Author">{author}</Fact>}
        {moreMetadata(metadata).map(([key, value]) => (
          <Fact key={key} name={key}>
            {value}
          </Fact>
        ))}
        <Fact name="Made">
          <Moment at={createdAt} />
        </Fact>
        <Fact name="Changed">
          <Ago at={updatedAt} />
        </Fact>
      </Facts>
      <TagsEditor tags={textsOf(metadata.tags)} onChange={onTag} />
    </Part>
  )
}
