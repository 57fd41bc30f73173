"use client"

import { island, islandOnDemand } from "#shared/api/island.tsx"

/** What of each page comes to life after the first paint. */
export const SessionList = island(() =>
  import("#features/sessions/list/session-list.tsx").then((part) => part.SessionList),
)
export const SessionView = island(() =>
  import("./session-with-transcript.tsx").then((part) => part.SessionWithTranscript),
)
export const ClipLibrary = island(() =>
  import("#features/clips/library/clip-library.tsx").then((part) => part.ClipLibrary),
)
export const ClipView = island(() => import("#features/clips/page/clip-view.tsx").then((part) => part.ClipView))
export const SongList = island(() => import("#features/sequences/songs/song-list.tsx").then((part) => part.SongList))
export const SongView = island(() => import("#features/sequences/songs/song-view.tsx").then((part) => part.SongView))
export const PlaylistList = island(() =>
  import("#features/sequences/playlists/playlist-list.tsx").then((part) => part.PlaylistList),
)
export const PlaylistView = island(() =>
  import("#features/sequences/playlists/playlist-view.tsx").then((part) => part.PlaylistView),
)
export const ProjectList = island(() => import("#features/projects/project-list.tsx").then((part) => part.ProjectList))
export const SearchView = island(() => import("#features/search/search-view.tsx").then((part) => part.SearchView))
export const SettingsView = island(() =>
  import("#features/settings/settings-view.tsx").then((part) => part.SettingsView),
)
export const Welcome = island(() => import("#features/welcome/welcome.tsx").then((part) => part.Welcome))
export const ProjectView = island(() => import("./project-with-items.tsx").then((part) => part.ProjectWithItems))
export const SongStage = island(() => import("#features/stage/stage-view.tsx").then((part) => part.SongStage))
export const PlaylistStage = island(() => import("#features/stage/stage-view.tsx").then((part) => part.PlaylistStage))
export const LauncherView = island(() =>
  import("#features/launcher/launcher-view.tsx").then((part) => part.LauncherView),
)

/** What every page has besides: the connection to the server, and what it says in passing. */
export const Background = islandOnDemand(() => import("./background.tsx").then((part) => part.Background))
