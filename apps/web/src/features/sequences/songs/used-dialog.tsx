"use client"

import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Link } from "#shared/ui/link.tsx"
import { type ItemPath, itemPath } from "#shared/url-state/item-link.ts"

export interface Users {
  projectId: string
  name: string
  playlists: { id: string; name: string }[]
}

const pathOf = (projectId: string, itemId: string): ItemPath => itemPath({ itemType: "playlist", projectId, itemId })

/** Says why a song cannot be deleted, and leads to what stands in the way. */
export const UsedDialog = ({
  users: { projectId, name, playlists },
  onClose,
}: {
  users: Users
  onClose: () => void
}) => (
  <Dialog
    title={`${name} is in use`}
    note={`${playlists.length === 1 ? "A playlist plays" : "Playlists play"} it. Remove it there first, then it can be deleted.`}
    onClose={onClose}
  >
    <ul className="flex flex-col gap-2">
      {playlists.map((playlist) => (
        <li key={playlist.id}>
          <Link
            href={pathOf(projectId, playlist.id)}
            onClick={onClose}
            className="font-medium text-accent underline underline-offset-4"
          >
            {playlist.name}
          </Link>
        </li>
      ))}
    </ul>
    <DialogActions>
      <Button onClick={onClose}>Close</Button>
    </DialogActions>
  </Dialog>
)
