import { ImageIcon, UnlinkIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Link } from "#shared/ui/link.tsx"
import { itemKey, itemOfLink, itemPath, type LinkBase } from "#shared/url-state/item-link.ts"

const isOutward = (href: string) => /^(?:https?|mailto):/i.test(href)

const Outward = ({ href, children }: { href: string; children: ReactNode }) => (
  <a href={href} target="_blank" rel="noopener noreferrer">
    {children}
    <span className="sr-only"> (opens in another tab)</span>
  </a>
)

const Broken = ({ href, children }: { href: string; children: ReactNode }) => (
  <span className="text-danger line-through decoration-1" title={`${href} leads nowhere`}>
    <UnlinkIcon className="mr-1 inline size-[0.9em] align-[-0.05em]" aria-hidden="true" />
    {children}
    <span className="sr-only"> (broken link)</span>
  </span>
)

/** A link of a text: to another site, to a place of the page, to an item; what leads to none of these is plain. */
export function MarkdownLink({
  href,
  base,
  broken,
  children,
}: {
  href: string
  base: LinkBase | undefined
  broken: readonly string[]
  children?: ReactNode
}) {
  if (isOutward(href)) return <Outward href={href}>{children}</Outward>
  if (href.startsWith("#")) return <a href={href}>{children}</a>
  const item = base && itemOfLink(href, base)
  if (!item) return <span title={href}>{children}</span>
  if (broken.includes(itemKey(item))) return <Broken href={href}>{children}</Broken>
  return <Link href={itemPath(item)}>{children}</Link>
}

/** A picture of a text as a link to it, since nothing of other sites is loaded. */
export const MarkdownImage = ({ src, alt }: { src: string; alt: string }) =>
  isOutward(src) ? (
    <Outward href={src}>
      <ImageIcon className="mr-1 inline size-[1em] align-[-0.1em]" aria-hidden="true" />
      {alt || src}
    </Outward>
  ) : (
    <span>{alt}</span>
  )
