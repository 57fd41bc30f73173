"use client"

import { create } from "zustand"

export type Panel = "mix" | "sounds"

const usePanel = create<{ shown: Panel | undefined }>()(() => ({ shown: undefined }))

/** Opens a panel of the player's bar in the place of another, or closes it. */
export const showPanel = (shown: Panel | undefined): void => usePanel.setState({ shown })

/** The panel that is open. */
export const useShownPanel = (): Panel | undefined => usePanel(({ shown }) => shown)
