"use client"

import { PlusIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "#shared/ui/button.tsx"
import { PageTitle } from "#shared/ui/page.tsx"

/** The head of a list's page, with the button that makes one more. */
export const ListHead = ({
  title,
  what,
  onNew,
  children,
}: {
  title: string
  what: string
  onNew: () => void
  /** What stands before the button. */
  children?: ReactNode
}) => (
  <div className="flex flex-wrap items-center justify-between gap-3">
    <PageTitle title={title} />
    <div className="flex flex-wrap gap-2">
      {children}
      <Button aria-keyshortcuts="n" onClick={onNew}>
        <PlusIcon aria-hidden="true" />
        New {what}
      </Button>
    </div>
  </div>
)

const sortChoices = [
  { value: "", label: "Last changed" },
  { value: "name", label: "Name" },
]

export { sortChoices }
