"use client"

import "./globals.css"
import { Failed } from "#shared/ui/failed.tsx"

/** Stands in where even the frame around the pages failed. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Strudel Agent</title>
        <main className="grid min-h-dvh place-items-center">
          <Failed onRetry={retry} />
        </main>
      </body>
    </html>
  )
}
