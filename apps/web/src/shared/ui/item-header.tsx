import { Link } from "./link.tsx"
import { PageTitle } from "./page.tsx"
import { Stripe } from "./stripe.tsx"

/** The head of an item's page: what it is, where it belongs, its name. */
export const ItemHeader = ({
  kind,
  projectId,
  name,
  note,
  color,
}: {
  kind: "Clip" | "Song" | "Playlist"
  projectId: string
  name: string
  note?: string | undefined
  color?: string | undefined
}) => (
  <header className="flex gap-4">
    {kind === "Clip" && <Stripe color={color} className="w-1.5 shrink-0" />}
    <PageTitle
      above={
        <p className="text-sm text-soft">
          {kind} of{" "}
          <Link
            href={`/projects/${encodeURIComponent(projectId)}`}
            className="underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"
          >
            {projectId}
          </Link>
        </p>
      }
      title={name}
      note={note}
    />
  </header>
)
