import { useEffect, useRef } from "react"
import { Stripe } from "#shared/ui/stripe.tsx"

/** What a combobox lists. */
export interface Findable {
  key: string
  name: string
  note: string
  color?: string | undefined
}

/** One of the choices of a combobox, whose field keeps the focus. */
export function Choice({
  item: { name, note, color },
  id,
  chosen,
  onTake,
  onPoint,
}: {
  item: Findable
  id: string
  chosen: boolean
  onTake: () => void
  onPoint: () => void
}) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: "nearest" })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys work in the field, which keeps the focus.
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
      onMouseMove={onPoint}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1 text-sm aria-selected:bg-wash pointer-coarse:min-h-11"
    >
      <Stripe color={color} className="h-5 w-1 shrink-0" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="max-w-1/2 shrink-0 truncate text-xs text-soft">{note}</span>
    </div>
  )
}
