import { ImageIcon, UnlinkIcon } from "lucide-react"
import { memo, type ReactNode, useId } from "react"
import ReactMarkdown, { type Components } from "react-markdown"
import remarkGfm from "remark-gfm"
import { CodeBlock } from "../ui/code-block.tsx"
import { Link } from "../ui/link.tsx"
import { itemKey, itemOfLink, itemPath, type LinkBase } from "./item-link.ts"
import { outline } from "./outline.ts"

export interface MarkdownProps {
  text: string
  /** Where its links start from; without, only links to other sites lead anywhere. */
  base?: LinkBase | undefined
  /** Keys of the items that are linked to and not there. */
  broken?: readonly string[]
  /** The level of its highest headings on the page. */
  start?: 2 | 3 | 4
}

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

function MarkdownLink({
  href,
  base,
  broken,
  children,
}: {
  href: string
  base: LinkBase | undefined
  broken: readonly string[]
  children: ReactNode
}) {
  if (isOutward(href)) return <Outward href={href}>{children}</Outward>
  if (href.startsWith("#")) return <a href={href}>{children}</a>
  const item = base && itemOfLink(href, base)
  if (!item) return <span title={href}>{children}</span>
  if (broken.includes(itemKey(item))) return <Broken href={href}>{children}</Broken>
  return <Link href={itemPath(item)}>{children}</Link>
}

const scripts = new Set(["js", "javascript", "jsx", "mjs", "ts", "typescript", "strudel"])

/** A block of code; one without a language is taken for Strudel code, which it mostly is. */
function MarkdownCode({ children, className }: { children?: ReactNode; className?: string | undefined }) {
  const language = /language-(\S+)/.exec(className ?? "")?.[1]
  const code = String(children ?? "").replace(/\n$/, "")
  return <CodeBlock code={code} label="Code" plain={language !== undefined && !scripts.has(language.toLowerCase())} />
}

/** Markdown as elements of the page: raw HTML stays text, pictures of other sites become links, nothing is loaded. */
export const Markdown = memo(function Markdown({ text, base, broken = [], start = 3 }: MarkdownProps) {
  const id = useId()
  const components: Components = {
    a: ({ href, children }) => (
      <MarkdownLink href={href ?? ""} base={base} broken={broken}>
        {children}
      </MarkdownLink>
    ),
    img: ({ src, alt }) =>
      typeof src === "string" && isOutward(src) ? (
        <Outward href={src}>
          <ImageIcon className="mr-1 inline size-[1em] align-[-0.1em]" aria-hidden="true" />
          {alt || src}
        </Outward>
      ) : (
        <span>{alt}</span>
      ),
    pre: ({ children, node }) => {
      const [child] = node?.children ?? []
      const names = child?.type === "element" ? child.properties.className : undefined
      const text = child?.type === "element" ? child.children[0] : undefined
      if (text?.type !== "text") return <pre>{children}</pre>
      return <MarkdownCode className={Array.isArray(names) ? names.join(" ") : undefined}>{text.value}</MarkdownCode>
    },
    th: ({ children, style }) =>
      children ? (
        <th scope="col" style={style}>
          {children}
        </th>
      ) : (
        <td />
      ),
    input: ({ checked }) => (
      <input type="checkbox" disabled checked={checked === true} readOnly aria-label={checked ? "done" : "to do"} />
    ),
  }
  return (
    <div className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, [outline, { start }]]}
        remarkRehypeOptions={{ clobberPrefix: `${id}-` }}
        urlTransform={(url) => url}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
})
