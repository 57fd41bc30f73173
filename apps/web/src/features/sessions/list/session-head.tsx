"use client"

import type { SessionSort } from "@strudel-agent/contract/session"
import { ArrowDownIcon, ArrowUpIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import type { ReactNode } from "react"
import { withChanges } from "#shared/url-state/address.ts"
import { AddressLink } from "#shared/url-state/address-link.tsx"
import { keyOf } from "#shared/url-state/search-params.ts"
import { columns, roles, shown } from "../facts/session-columns.ts"
import { sortNames } from "../filter/session-filter.ts"

/** The order of the list as the address says. */
export function useOrder(): { sort: SessionSort; ascending: boolean } {
  const params = useSearchParams()
  return { sort: keyOf(params, "sort", sortNames) ?? "activity", ascending: params.get("order") === "asc" }
}

/** A head that sorts by its column; the column that is sorted by is turned round. */
function SortHead({ by, className, children }: { by: SessionSort; className: string; children: ReactNode }) {
  const params = useSearchParams()
  const { sort, ascending } = useOrder()
  const current = sort === by
  const search = withChanges(params.toString(), {
    sort: by === "activity" ? null : by,
    order: current && !ascending ? "asc" : null,
  })
  const Arrow = ascending ? ArrowUpIcon : ArrowDownIcon
  return (
    <th
      {...roles.head}
      aria-sort={current ? (ascending ? "ascending" : "descending") : "none"}
      className={`${className} text-right`}
    >
      <AddressLink
        search={search}
        className={`inline-flex items-center gap-1 rounded hover:text-ink ${current ? "text-ink" : ""}`}
      >
        {current && <Arrow className="size-3" aria-hidden="true" />}
        {children}
      </AddressLink>
    </th>
  )
}

/** The heads of the columns; `choice` is what stands above the checkboxes. */
export function SessionHead({ choice }: { choice: ReactNode }) {
  const { sort } = useOrder()
  return (
    <thead {...roles.group} className="sticky block top-13 z-10 md:top-0">
      <tr
        {...roles.row}
        aria-rowindex={1}
        className={`${columns} h-9 border-b border-line bg-canvas px-1 text-left text-xs whitespace-nowrap text-soft [&>th]:font-medium`}
      >
        <th {...roles.head} className={shown.choice}>
          {choice}
        </th>
        <th {...roles.head}>Session</th>
        <th {...roles.head} className={shown.status}>
          Status
        </th>
        <th {...roles.head} className={shown.item}>
          Item
        </th>
        <th {...roles.head} className={shown.agent}>
          Agent and model
        </th>
        <th {...roles.head} className={shown.tags}>
          Tags
        </th>
        <SortHead by="messages" className={shown.messages}>
          Messages
        </SortHead>
        <SortHead by={sort === "created" ? "created" : "activity"} className="">
          {sort === "created" ? "Created" : "Last active"}
        </SortHead>
      </tr>
    </thead>
  )
}
