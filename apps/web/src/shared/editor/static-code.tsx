import { Highlight } from "#shared/ui/highlight.tsx"

const lineCount = (code: string): number => code.split(/\r\n?|\n/).length

/** Code with its line numbers, in the box and at the size of the editor that takes its place. */
export const StaticCode = ({ code, label }: { code: string; label: string }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many.
  <div
    role="group"
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
    tabIndex={0}
    className="flex overflow-x-auto py-3 font-mono text-(length:--code-size,0.8125rem)/(--code-line,1.3125rem) -outline-offset-2"
  >
    <pre
      aria-hidden="true"
      className="sticky left-0 min-w-[calc(2ch+1.75rem)] shrink-0 bg-panel pr-3 pl-4 text-right text-faint select-none"
    >
      {Array.from({ length: lineCount(code) }, (_, line) => line + 1).join("\n")}
    </pre>
    <pre className="pr-4">
      <code>
        <Highlight code={code} />
      </code>
    </pre>
  </div>
)
