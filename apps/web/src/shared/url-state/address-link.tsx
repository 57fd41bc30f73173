"use client"

import { usePathname } from "next/navigation"
import type { ComponentProps, MouseEvent } from "react"
import { changeAddress } from "./address.ts"

/**
 * A link to the same list with another search: followed without a call of the page's server, as the list reads its
 * address itself. With a key held down it opens as every link does.
 */
export function AddressLink({
  search,
  keep = false,
  onFollow,
  ...rest
}: Omit<ComponentProps<"a">, "href" | "onClick"> & {
  /** Without a question mark. */
  search: string
  /** Whether "back" leads back here. */
  keep?: boolean
  onFollow?: () => void
}) {
  const pathname = usePathname()
  function follow(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    changeAddress(pathname, search, keep)
    onFollow?.()
  }
  return <a href={search ? `${pathname}?${search}` : pathname} onClick={follow} {...rest} />
}
