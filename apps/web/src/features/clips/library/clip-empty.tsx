import { AudioWaveformIcon } from "lucide-react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { Button } from "#shared/ui/button.tsx"
import { Empty } from "#shared/ui/empty.tsx"
import type { ClipAddress } from "./clip-address.ts"

const FirstSteps = onDemand(() => import("#shared/first-steps/first-steps.tsx").then((part) => part.FirstSteps))

/** What is there in place of no clips. */
export function NoClips({ address: { filter, clear }, onNew }: { address: ClipAddress; onNew: () => void }) {
  if (Object.values(filter).some((value) => value !== undefined)) {
    return (
      <Empty icon={AudioWaveformIcon} title="No clip fits these filters">
        <button type="button" onClick={clear} className="text-accent underline underline-offset-4">
          Show all clips
        </button>
      </Empty>
    )
  }
  return (
    <>
      <Empty icon={AudioWaveformIcon} title="No clips yet">
        <p>A clip is a piece of Strudel code. Agents write them while you talk; files of yours become clips, too.</p>
        <Button onClick={onNew} className="mt-4">
          Write the first
        </Button>
      </Empty>
      <FirstSteps />
    </>
  )
}
