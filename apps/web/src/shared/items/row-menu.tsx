"use client"

import { EllipsisVerticalIcon } from "lucide-react"
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { IconButton } from "#shared/ui/button.tsx"

type MenuKit = typeof import("#shared/ui/menu.tsx")

/** A menu of what can be done with a row. What draws it is loaded when the button is first pointed at or focused. */
export function RowMenu({ label, draw }: { label: string; draw: (kit: MenuKit) => ReactNode }) {
  const [kit, setKit] = useState<MenuKit>()
  const button = useRef<HTMLButtonElement>(null)
  const wanted = useRef<"focus" | "open">(undefined)
  const load = () => void loadWithRetry(() => import("#shared/ui/menu.tsx")).then(setKit)

  useEffect(() => {
    if (!kit || !wanted.current) return
    button.current?.focus()
    if (wanted.current === "open") button.current?.click()
  }, [kit])

  const shape = { ref: button, label, className: "relative z-1" } satisfies Partial<ComponentProps<typeof IconButton>>
  const icon = <EllipsisVerticalIcon aria-hidden="true" />
  if (kit) return <kit.Menu trigger={<IconButton {...shape}>{icon}</IconButton>}>{draw(kit)}</kit.Menu>
  return (
    <IconButton
      {...shape}
      aria-haspopup="menu"
      onPointerEnter={load}
      onFocus={() => {
        wanted.current ??= "focus"
        load()
      }}
      onBlur={() => {
        wanted.current = undefined
      }}
      onClick={() => {
        wanted.current = "open"
        load()
      }}
    >
      {icon}
    </IconButton>
  )
}
