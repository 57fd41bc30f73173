"use client"

import { create } from "zustand"
import { initialState, type PlayerState } from "./player-state.ts"

/** The state of the player of this tab; what changes it is loaded when it is first wanted. */
export const usePlayer = create<PlayerState>()(() => initialState)
