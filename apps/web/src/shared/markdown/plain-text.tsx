/** A text as it was written, with a word about why. */
export const PlainText = ({ text, why }: { text: string; why: string }) => (
  <div className="min-w-0">
    <p className="mb-2 text-xs text-soft">Shown as plain text: {why}.</p>
    <div dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {text}
    </div>
  </div>
)
