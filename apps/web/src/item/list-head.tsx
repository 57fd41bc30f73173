"use client"

import { PlusIcon } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { PageTitle } from "../ui/page.tsx"

/** The head of a list's page, with the button that makes one more. */
export const ListHead = ({ title, what, onNew }: { title: string; what: string; onNew: () => void }) => (
  <div className="flex flex-wrap items-center justify-between gap-3">
    <PageTitle title={title} />
    <Button aria-keyshortcuts="n" onClick={onNew}>
      <PlusIcon aria-hidden="true" />
      New {what}
    </Button>
  </div>
)

const sortChoices = [
  { value: "", label: "Last changed" },
  { value: "name", label: "Name" },
]

export { sortChoices }
