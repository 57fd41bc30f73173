import "./globals.css"
import { GeistMono } from "geist/font/mono"
import { GeistSans } from "geist/font/sans"
import type { Metadata, Viewport } from "next"
import { cookies } from "next/headers"
import { PaletteOpener } from "#features/search/palette/palette-opener.tsx"
import { Frame } from "#shared/shell/frame.tsx"
import { themeOf } from "#shared/shell/theme.ts"
import { Clock } from "#shared/ui/clock.tsx"
import { isTimeZone } from "#shared/words/time.ts"
import { Background } from "./islands.tsx"

export const metadata: Metadata = {
  title: { default: "Strudel Agent", template: "%s · Strudel Agent" },
  description: "Sessions, clips, songs and playlists of people who live-code music with an agent in Strudel.",
  referrer: "same-origin",
}

const colors = { light: "#f5f3ef", dark: "#0b0b0d" } as const

export async function generateViewport(): Promise<Viewport> {
  const theme = themeOf((await cookies()).get("theme")?.value)
  return {
    themeColor: theme
      ? colors[theme]
      : [
          { media: "(prefers-color-scheme: light)", color: colors.light },
          { media: "(prefers-color-scheme: dark)", color: colors.dark },
        ],
    viewportFit: "cover",
  }
}

export default async function Layout({ children }: LayoutProps<"/">) {
  const store = await cookies()
  const zone = store.get("time-zone")?.value
  return (
    <html
      lang="en"
      data-theme={themeOf(store.get("theme")?.value)}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <Clock now={Date.now()} timeZone={isTimeZone(zone) ? zone : "UTC"}>
          <Frame search={<PaletteOpener />}>{children}</Frame>
          <Background />
        </Clock>
      </body>
    </html>
  )
}
