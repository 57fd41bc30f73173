import { Link } from "./link.tsx"

const shape =
  "inline-block max-w-40 min-w-0 truncate rounded-full border border-line bg-raised px-2 text-xs/5 text-soft"

export const Tag = ({ children }: { children: string }) => <span className={shape}>{children}</span>

/** A tag that leads to everything that bears it. */
export const TagLink = ({ tag, list }: { tag: string; list: "/clips" | "/sessions" }) => (
  <Link href={`${list}?tag=${encodeURIComponent(tag)}`} className={`${shape} hover:border-edge hover:text-ink`}>
    {tag}
  </Link>
)
