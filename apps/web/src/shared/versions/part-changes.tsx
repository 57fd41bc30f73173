import { type PartChange, partName } from "./metadata-words.ts"

const Value = ({ text, gone = false }: { text: string; gone?: boolean }) =>
  gone ? (
    <del className="rounded bg-removed-wash px-1 text-removed">{text}</del>
  ) : (
    <ins className="rounded bg-added-wash px-1 text-added no-underline">{text}</ins>
  )

/** What changed besides the code or the text. */
export const PartChanges = ({ changes, besides }: { changes: PartChange[]; besides: "code" | "text" }) => (
  <ul aria-label={`Changes besides the ${besides}`} className="flex flex-col gap-1.5 text-sm">
    {changes.map(({ key, before, after }) => (
      <li key={key} className="[overflow-wrap:anywhere]">
        <span className="text-soft">{partName(key)}</span> {before !== undefined && <Value text={before} gone />}
        {before !== undefined && after !== undefined && <span className="text-faint"> → </span>}
        {after !== undefined && <Value text={after} />}
      </li>
    ))}
  </ul>
)
