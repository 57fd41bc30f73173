"use client"

import { ProjectClips } from "#features/clips/card/project-clips.tsx"
import { type ProjectParts, ProjectView } from "#features/projects/project-view.tsx"
import { ProjectPlaylists } from "#features/sequences/playlists/project-playlists.tsx"
import { ProjectSongs } from "#features/sequences/songs/project-songs.tsx"
import { onDemand } from "#shared/api/on-demand.tsx"

const parts: ProjectParts = {
  Clips: ProjectClips,
  Songs: ProjectSongs,
  Playlists: ProjectPlaylists,
  makers: {
    clip: onDemand(() => import("#features/clips/new/clip-new-dialog.tsx").then((part) => part.NewClipDialog)),
    session: onDemand(() =>
      import("#features/sessions/list/session-new-dialog.tsx").then((part) => part.SessionNewDialog),
    ),
    song: onDemand(() => import("#features/sequences/list/new-sequence.tsx").then((part) => part.NewSong)),
    playlist: onDemand(() => import("#features/sequences/list/new-sequence.tsx").then((part) => part.NewPlaylist)),
  },
}

/** The page of one project, with its clips, songs and playlists. */
export const ProjectWithItems = (props: { id: string; broken: string[] | undefined }) => (
  <ProjectView {...props} parts={parts} />
)
