import { CopyButton } from "../ui/copy-button.tsx"

/** A command to copy. */
export const Example = ({ label, text, what }: { label: string; text: string; what: string }) => (
  <div className="flex min-w-0 flex-col gap-1.5">
    <p className="flex items-center justify-between gap-3 text-sm">
      <span className="text-soft">{label}</span>
      <CopyButton text={text} what={what} />
    </p>
    {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
    <div
      role="group"
      aria-label={what}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-canvas px-3 py-2 -outline-offset-2"
    >
      <pre dir="ltr" className="font-mono text-xs/[1.6]">
        <code>{text}</code>
      </pre>
    </div>
  </div>
)
