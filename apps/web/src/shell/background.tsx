"use client"

import { Toaster } from "../ui/toast.tsx"

/** What works behind every page. */
export const Background = () => <Toaster />
