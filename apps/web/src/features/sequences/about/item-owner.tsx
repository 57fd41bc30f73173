import { Link } from "#shared/ui/link.tsx"

/** What an item is, and the project that it belongs to. */
export const ItemOwner = ({ kind, projectId }: { kind: "Song" | "Playlist"; projectId: string }) => (
  <p className="text-sm text-soft">
    {kind} of{" "}
    <Link
      href={`/projects/${encodeURIComponent(projectId)}`}
      className="underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent pointer-coarse:py-3.5"
    >
      {projectId}
    </Link>
  </p>
)
