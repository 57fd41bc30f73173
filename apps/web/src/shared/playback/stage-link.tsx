import { MaximizeIcon } from "lucide-react"
import { Link } from "#shared/ui/link.tsx"

/** The way from a song or playlist to its stage. */
export const StageLink = ({
  folder,
  projectId,
  id,
}: {
  folder: "songs" | "playlists"
  projectId: string
  id: string
}) => (
  <Link
    href={`/projects/${encodeURIComponent(projectId)}/${folder}/${encodeURIComponent(id)}/stage`}
    className="inline-flex min-h-9 items-center gap-2 rounded-md border border-line bg-raised px-3.5 text-sm font-medium hover:border-edge pointer-coarse:min-h-11"
  >
    <MaximizeIcon className="size-4" aria-hidden="true" />
    Stage
  </Link>
)
