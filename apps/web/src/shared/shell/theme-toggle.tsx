"use client"

import { MoonIcon, SunIcon } from "lucide-react"
import { keepCookie } from "#shared/browser/cookies.ts"
import { IconButton } from "#shared/ui/button.tsx"
import { type Theme, themeOf } from "./theme.ts"

const systemTheme = (): Theme => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")

/** Changes the theme of this page and of those to come. */
export function toggleTheme() {
  const { dataset } = document.documentElement
  const next = (themeOf(dataset.theme) ?? systemTheme()) === "dark" ? "light" : "dark"
  const chosen = next === systemTheme() ? null : next
  if (chosen) dataset.theme = chosen
  else delete dataset.theme
  keepCookie("theme", chosen)
}

/** Changes between the light and the dark theme; the one that the system has is followed from then on. */
export const ThemeToggle = () => (
  <IconButton label="Switch between light and dark" onClick={toggleTheme}>
    <SunIcon className="hidden dark:block" aria-hidden="true" />
    <MoonIcon className="dark:hidden" aria-hidden="true" />
  </IconButton>
)
