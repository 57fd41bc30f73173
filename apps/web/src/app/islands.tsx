"use client"

import { island, islandOnDemand } from "../api/island.tsx"

/** What of each page comes to life after the first paint. */
export const SessionList = island(() => import("../session/session-list.tsx").then((part) => part.SessionList))
export const SessionView = island(() => import("../session/session-view.tsx").then((part) => part.SessionView))
export const ClipLibrary = island(() => import("../clip/clip-library.tsx").then((part) => part.ClipLibrary))
export const ClipView = island(() => import("../clip/clip-view.tsx").then((part) => part.ClipView))
export const SongList = island(() => import("../song/song-list.tsx").then((part) => part.SongList))
export const SongView = island(() => import("../song/song-view.tsx").then((part) => part.SongView))
export const PlaylistList = island(() => import("../playlist/playlist-list.tsx").then((part) => part.PlaylistList))
export const PlaylistView = island(() => import("../playlist/playlist-view.tsx").then((part) => part.PlaylistView))
export const ProjectList = island(() => import("../project/project-list.tsx").then((part) => part.ProjectList))
export const SearchView = island(() => import("../search/search-view.tsx").then((part) => part.SearchView))
export const ProjectView = island(() => import("../project/project-view.tsx").then((part) => part.ProjectView))
export const SongStage = island(() => import("../stage/stage-view.tsx").then((part) => part.SongStage))
export const PlaylistStage = island(() => import("../stage/stage-view.tsx").then((part) => part.PlaylistStage))
export const LauncherView = island(() => import("../launcher/launcher-view.tsx").then((part) => part.LauncherView))

/** What every page has besides: the connection to the server, and what it says in passing. */
export const Background = islandOnDemand(() => import("../shell/background.tsx").then((part) => part.Background))
