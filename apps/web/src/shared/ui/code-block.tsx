import type { ReactNode } from "react"
import { Highlight } from "./highlight.tsx"

/** A frame for code in which it scrolls sideways. */
export const CodeFrame = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many.
  <div
    role="group"
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
    tabIndex={0}
    className="overflow-x-auto rounded-card border border-line bg-panel px-4 py-3 -outline-offset-2"
  >
    <pre dir="ltr" className="font-mono text-[0.8125rem]/[1.6]">
      <code>{children}</code>
    </pre>
  </div>
)

/** Strudel code in its colours and its own frame. */
export const CodeBlock = ({ code, label }: { code: string; label: string }) => (
  <CodeFrame label={label}>
    <Highlight code={code} />
  </CodeFrame>
)
