"use client"

import {
  CopyIcon,
  CopyPlusIcon,
  FolderInputIcon,
  LayersIcon,
  PencilIcon,
  SquareCheckIcon,
  TagIcon,
  Trash2Icon,
} from "lucide-react"
import { useRef } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { MenuAt, MenuItem, MenuLine } from "#shared/ui/menu.tsx"

export interface CardMenuActs {
  select: () => void
  addToPlaying: () => void
  rename: () => void
  duplicate: () => void
  duplicateTo: () => void
  tag: () => void
  move: () => void
  delete: () => void
}

const Key = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="ml-auto pl-6 font-mono text-xs text-faint">
    {children}
  </span>
)

/** What can be done with one clip, beside the button that asked for it. */
export function CardMenu({
  clip,
  button,
  acts,
  onClose,
}: {
  clip: ClipCard
  button: HTMLElement
  acts: CardMenuActs
  onClose: () => void
}) {
  const taken = useRef(false)
  const taking = (act: () => void) => () => {
    taken.current = true
    act()
  }
  return (
    <MenuAt anchor={button} label={clip.name} returnsFocus={() => !taken.current} onClose={onClose}>
      <MenuItem icon={SquareCheckIcon} onSelect={acts.select}>
        Select <Key>X</Key>
      </MenuItem>
      <MenuItem icon={LayersIcon} onSelect={acts.addToPlaying}>
        Add to what plays
      </MenuItem>
      <MenuItem icon={PencilIcon} onSelect={taking(acts.rename)}>
        Rename <Key>R</Key>
      </MenuItem>
      <MenuItem icon={TagIcon} onSelect={taking(acts.tag)}>
        Tag… <Key>T</Key>
      </MenuItem>
      <MenuItem icon={CopyIcon} onSelect={acts.duplicate}>
        Duplicate <Key>D</Key>
      </MenuItem>
      <MenuItem icon={CopyPlusIcon} onSelect={taking(acts.duplicateTo)}>
        Duplicate to a project…
      </MenuItem>
      <MenuItem icon={FolderInputIcon} onSelect={taking(acts.move)}>
        Move… <Key>M</Key>
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2Icon} danger onSelect={acts.delete}>
        Delete <Key>#</Key>
      </MenuItem>
    </MenuAt>
  )
}
