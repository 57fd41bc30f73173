"use client"

import { Menu as Base } from "@base-ui/react/menu"
import { CheckIcon, type LucideIcon } from "lucide-react"
import type { ReactElement, ReactNode } from "react"

const popup =
  "max-h-[min(28rem,var(--available-height))] min-w-44 overflow-y-auto rounded-card border border-line bg-raised p-1 text-sm text-ink shadow-xl outline-none"

/** A menu that opens from a button. `trigger` is that button; the menu gives it what it needs. */
export const Menu = ({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactElement<Record<string, unknown>>
  align?: "start" | "end"
  children: ReactNode
}) => (
  <Base.Root>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner sideOffset={6} align={align} className="z-50 outline-none">
        <Base.Popup className={popup}>{children}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

/** A menu that stands open beside an element, for lists whose rows share one. */
export const MenuAt = ({
  anchor,
  label,
  returnsFocus,
  onClose,
  children,
}: {
  anchor: Element
  /** What it is about. */
  label: string
  /** Whether the focus goes back to where it was: not where what was chosen takes it. */
  returnsFocus: () => boolean
  onClose: () => void
  children: ReactNode
}) => (
  <Base.Root open onOpenChange={(open) => !open && onClose()}>
    <Base.Portal>
      <Base.Positioner anchor={anchor} sideOffset={6} align="end" className="z-50 outline-none">
        <Base.Popup aria-label={label} finalFocus={returnsFocus} className={popup}>
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

const item =
  "flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 outline-none data-disabled:text-faint data-highlighted:bg-wash [&_svg]:size-4 [&_svg]:shrink-0"

export const MenuItem = ({
  icon: Icon,
  danger = false,
  disabled = false,
  onSelect,
  children,
}: {
  icon?: LucideIcon
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}) => (
  <Base.Item disabled={disabled} onClick={onSelect} className={`${item} ${danger ? "text-danger" : ""}`}>
    {Icon && <Icon aria-hidden="true" className={danger ? "" : "text-soft"} />}
    {children}
  </Base.Item>
)

export const MenuLine = () => <Base.Separator className="my-1 h-px bg-line" />

/** Items of which one is chosen, under a heading. */
export const MenuChoice = <Value extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  label: string
  value: Value
  choices: readonly { value: Value; name: string; note: string }[]
  onChoose: (value: Value) => void
}) => (
  <Base.RadioGroup value={value} onValueChange={onChoose}>
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-soft">{label}</Base.GroupLabel>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} closeOnClick className={`${item} items-start`}>
          <span className="grid size-4 shrink-0 translate-y-0.5 place-items-center">
            <Base.RadioItemIndicator>
              <CheckIcon aria-hidden="true" className="text-accent" />
            </Base.RadioItemIndicator>
          </span>
          <span className="flex min-w-0 flex-col">
            {choice.name}
            <span className="text-xs text-soft">{choice.note}</span>
          </span>
        </Base.RadioItem>
      ))}
    </Base.Group>
  </Base.RadioGroup>
)
