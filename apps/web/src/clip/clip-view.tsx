"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useState } from "react"
import { api } from "../api/trpc.ts"
import { itemPath } from "../markdown/item-link.ts"
import { Button } from "../ui/button.tsx"
import { CodeBlock } from "../ui/code-block.tsx"
import { CopyButton } from "../ui/copy-button.tsx"
import { FailedQuery } from "../ui/failed-query.tsx"
import { ItemHeader } from "../ui/item-header.tsx"
import { ItemSkeleton } from "../ui/item-skeleton.tsx"
import { Link } from "../ui/link.tsx"
import { Fact, Facts, Page, Part } from "../ui/page.tsx"
import { TagLink } from "../ui/tag.tsx"
import { Ago, Moment } from "../ui/time.tsx"
import { readClipFacts } from "./clip-facts.ts"
import { ClipVersions } from "./clip-versions.tsx"
import { moreMetadata } from "./more-metadata.ts"

type Clip = Outputs["clip"]["byId"]
type Version = Outputs["clip"]["versions"]["items"][number]

function Code({ clip, former, onCurrent }: { clip: Clip; former: Version | undefined; onCurrent: () => void }) {
  const { code } = former ?? clip
  return (
    <section aria-label="Code" className="flex min-w-0 flex-col gap-3">
      <div className="flex min-h-9 flex-wrap items-center gap-3">
        <h2 className="text-sm font-semibold">
          Code{" "}
          <span className="font-mono text-xs font-normal text-faint">
            v{former?.version ?? clip.version}
            {former && ` of ${clip.version}`}
          </span>
        </h2>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {former && <Button onClick={onCurrent}>Show the current one</Button>}
          <CopyButton text={code} what="the code" />
        </span>
      </div>
      <CodeBlock code={code} label={`Code of ${clip.name}`} />
    </section>
  )
}

function About({ clip }: { clip: Clip }) {
  const { bpm, scale, tags, author } = readClipFacts(clip.metadata)
  return (
    <Part title="About">
      <Facts>
        {bpm !== undefined && <Fact name="Tempo">{bpm} bpm</Fact>}
        {scale && <Fact name="Scale">{scale}</Fact>}
        {author && <Fact name="Author">{author}</Fact>}
        {moreMetadata(clip.metadata).map(([key, value]) => (
          <Fact key={key} name={key}>
            {value}
          </Fact>
        ))}
        <Fact name="Made">
          <Moment at={clip.createdAt} />
        </Fact>
        <Fact name="Changed">
          <Ago at={clip.updatedAt} />
        </Fact>
      </Facts>
      {tags.length > 0 && (
        <ul aria-label="Tags" className="flex flex-wrap gap-1">
          {[...new Set(tags)].map((tag) => (
            <li key={tag}>
              <TagLink tag={tag} list="/clips" />
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

const Songs = ({ clip: { songs, projectId } }: { clip: Clip }) => (
  <Part title="In songs" note={songs.length || undefined}>
    {songs.length === 0 ? (
      <p className="text-sm text-soft">No song plays it yet.</p>
    ) : (
      <ul className="flex flex-col gap-1.5 text-sm">
        {songs.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={itemPath({ itemType: "song", projectId, itemId: id })}
              className="underline decoration-line underline-offset-4 hover:decoration-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Part>
)

/** The page of one clip. */
export function ClipView({ projectId, id }: { projectId: string; id: string }) {
  const query = api.clip.byId.useQuery({ projectId, id })
  const [former, setFormer] = useState<Version>()
  if (query.isPending) return <ItemSkeleton what="the clip" />
  if (!query.data) return <FailedQuery query={query} />
  const clip = query.data
  const { color, description } = readClipFacts(clip.metadata)
  return (
    <Page>
      <ItemHeader kind="Clip" projectId={projectId} name={clip.name} note={description} color={color} />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_19rem] lg:gap-10">
        <Code clip={clip} former={former} onCurrent={() => setFormer(undefined)} />
        <div className="flex min-w-0 flex-col gap-8">
          <About clip={clip} />
          <Songs clip={clip} />
          <ClipVersions
            projectId={projectId}
            id={id}
            shown={former?.version ?? clip.version}
            onShow={(version) => setFormer(version.version === clip.version ? undefined : version)}
          />
        </div>
      </div>
    </Page>
  )
}
