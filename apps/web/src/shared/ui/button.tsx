import { LoaderCircleIcon } from "lucide-react"
import type { ComponentProps, ReactNode } from "react"

const shape =
  "inline-flex min-h-9 items-center justify-center gap-2 rounded-md border border-line bg-raised px-3.5 text-sm font-medium text-ink transition-colors hover:border-edge disabled:text-faint [&_svg]:size-4"

/** A button that says while it is at work. */
export function Button({
  busy = false,
  children,
  className = "",
  ...rest
}: ComponentProps<"button"> & { busy?: boolean }) {
  return (
    <button type="button" aria-busy={busy} className={`${shape} ${className}`} {...rest}>
      {busy && <LoaderCircleIcon className="animate-spin" aria-hidden="true" />}
      {children}
    </button>
  )
}

/** A button that shows an icon and tells its name to those who do not see it. */
export function IconButton({
  label,
  children,
  className = "",
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-grid size-9 shrink-0 place-items-center rounded-md text-soft transition-colors hover:bg-raised hover:text-ink [&_svg]:size-[1.125rem] ${className}`}
      {...rest}
    >
      {children}
    </button>
  )
}
