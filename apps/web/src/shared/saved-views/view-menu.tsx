"use client"

import { ChevronDownIcon, PencilIcon, SaveIcon, Trash2Icon } from "lucide-react"
import { Menu, MenuItem, MenuLine } from "#shared/ui/menu.tsx"

/** What can be done with a view. */
export const ViewMenu = ({
  name,
  onRename,
  onReplace,
  onDelete,
}: {
  name: string
  onRename: () => void
  /** Undefined where the list shows just what the view does. */
  onReplace: (() => void) | undefined
  onDelete: () => void
}) => (
  <Menu
    align="start"
    trigger={
      <button
        type="button"
        aria-label={`Change the view ${name}`}
        className="grid size-7 place-items-center rounded-full text-soft hover:bg-wash hover:text-ink"
      >
        <ChevronDownIcon className="size-3.5" aria-hidden="true" />
      </button>
    }
  >
    <MenuItem icon={PencilIcon} onSelect={onRename}>
      Rename…
    </MenuItem>
    <MenuItem icon={SaveIcon} disabled={!onReplace} onSelect={() => onReplace?.()}>
      Replace with what is shown
    </MenuItem>
    <MenuLine />
    <MenuItem icon={Trash2Icon} danger onSelect={onDelete}>
      Delete
    </MenuItem>
  </Menu>
)
