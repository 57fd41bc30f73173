"use client"

import { LiveConnection } from "../live/live-connection.tsx"
import { Toaster } from "../ui/toast.tsx"

/** What works behind every page: what was just done is told, and what others do arrives. */
export const Background = () => (
  <>
    <Toaster />
    <LiveConnection />
  </>
)
