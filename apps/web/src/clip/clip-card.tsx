import type { Outputs } from "@strudel-agent/client/client"
import { itemPath } from "../markdown/item-link.ts"
import { Highlight } from "../ui/highlight.tsx"
import { Link } from "../ui/link.tsx"
import { PendingHint } from "../ui/pending-hint.tsx"
import { Bone } from "../ui/skeleton.tsx"
import { Stripe } from "../ui/stripe.tsx"
import { Tag } from "../ui/tag.tsx"
import { readClipFacts } from "./clip-facts.ts"

type Clip = Outputs["clip"]["list"]["items"][number]

/** Lines of code on a card. */
const lines = 7

/** The first lines of code that sound: without those before them that are empty, a remark or the tempo. */
function firstLines(code: string): string {
  const all = code.slice(0, 4000).split("\n")
  const from = all.findIndex((line) => !/^\s*($|\/\/|setcp[ms]\()/i.test(line))
  return all.slice(Math.max(from, 0), Math.max(from, 0) + lines).join("\n")
}

function ClipCard({ clip, showProject }: { clip: Clip; showProject: boolean }) {
  const { bpm, scale, tags, color } = readClipFacts(clip.metadata)
  return (
    <li className="group relative flex min-w-0 flex-col overflow-hidden rounded-card border border-line bg-panel transition-colors hover:border-edge has-focus-visible:border-accent">
      <div className="flex items-start gap-3 px-4 pt-3.5">
        <Stripe color={color} className="mt-0.5 h-9 w-1 shrink-0" />
        <div className="min-w-0 flex-1">
          <h3 className="truncate leading-5 font-medium">
            <Link
              href={itemPath({ itemType: "clip", projectId: clip.projectId, itemId: clip.id })}
              data-row
              className="after:absolute after:inset-0 after:z-1 group-hover:text-accent focus-visible:outline-none focus-visible:after:rounded-card focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {clip.name} <PendingHint className="inline-block align-middle" />
            </Link>
          </h3>
          <p className="truncate text-xs/4 text-soft">
            {showProject ? clip.projectId : clip.id}
            {clip.version > 1 && <span className="text-faint"> · v{clip.version}</span>}
          </p>
        </div>
        <p className="shrink-0 text-right">
          {bpm !== undefined && (
            <span className="block font-mono text-sm/5 tabular-nums">
              {bpm}
              <span className="text-xs text-soft"> bpm</span>
            </span>
          )}
          {scale && <span className="block max-w-28 truncate text-xs/4 text-soft">{scale}</span>}
        </p>
      </div>
      <pre className="mx-4 mt-3 h-[8.4rem] overflow-hidden font-mono text-[0.6875rem]/[1.2rem] [mask-image:linear-gradient(black_55%,transparent)]">
        <code>
          <Highlight code={firstLines(clip.code)} />
        </code>
      </pre>
      <p className="flex h-9 items-center gap-1 overflow-hidden px-4 pb-2">
        {tags.slice(0, 4).map((tag, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a clip may bear the same tag twice.
          <Tag key={index}>{tag}</Tag>
        ))}
      </p>
    </li>
  )
}

const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,17.5rem),1fr))] gap-4"

/** Clips as cards. */
export const ClipGrid = ({
  clips,
  busy,
  showProject = true,
}: {
  clips: Clip[]
  busy: boolean
  showProject?: boolean
}) => (
  <ul aria-busy={busy} className={`${grid} transition-opacity ${busy ? "opacity-60" : ""}`}>
    {clips.map((clip) => (
      <ClipCard key={`${clip.projectId}/${clip.id}`} clip={clip} showProject={showProject} />
    ))}
  </ul>
)

const ghosts = Array.from({ length: 8 }, (_, index) => index)

/** The shape of the library before its clips are there. */
export const ClipGridSkeleton = () => (
  <div aria-hidden="true" className={grid}>
    {ghosts.map((ghost) => (
      <div key={ghost} className="flex h-[15.25rem] flex-col gap-3 rounded-card border border-line bg-panel p-4">
        <Bone className="h-4 w-1/2" />
        <Bone className="h-3 w-1/4" />
        <Bone className="mt-3 h-3 w-5/6" />
        <Bone className="h-3 w-3/5" />
        <Bone className="h-3 w-4/5" />
      </div>
    ))}
  </div>
)
