import { Highlight } from "./highlight.tsx"

/** Code that scrolls sideways in its own frame. */
export const CodeBlock = ({ code, label, plain = false }: { code: string; label: string; plain?: boolean }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many.
  <div
    role="group"
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
    tabIndex={0}
    className="overflow-x-auto rounded-card border border-line bg-panel px-4 py-3 -outline-offset-2"
  >
    <pre className="font-mono text-[0.8125rem]/[1.6]">
      <code>{plain ? code : <Highlight code={code} />}</code>
    </pre>
  </div>
)
