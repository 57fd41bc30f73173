import { CodeFrame } from "#shared/ui/code-block.tsx"
import { CopyButton } from "#shared/ui/copy-button.tsx"

/** A command to copy. */
export const Example = ({ label, text, what }: { label: string; text: string; what: string }) => (
  <div className="flex min-w-0 flex-col gap-1.5">
    <p className="flex items-center justify-between gap-3 text-sm">
      <span className="text-soft">{label}</span>
      <CopyButton text={text} what={what} />
    </p>
    <CodeFrame label={what}>{text}</CodeFrame>
  </div>
)
