import { Settings2Icon } from "lucide-react"
import type { ReactNode } from "react"
import { Link } from "#shared/ui/link.tsx"
import { HydrationMark } from "./hydration-mark.tsx"
import { Logo } from "./logo.tsx"
import { Navigation } from "./navigation.tsx"
import { Shortcuts } from "./shortcuts.tsx"
import { ThemeToggle } from "./theme-toggle.tsx"

/** What stands around every page: a rail beside it on a desk, bars above and below it on a phone. */
export const Frame = ({ search, children }: { search: ReactNode; children: ReactNode }) => (
  <div className="md:grid md:grid-cols-[4.5rem_minmax(0,1fr)] rail:grid-cols-[13.5rem_minmax(0,1fr)]">
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
    >
      Skip to the content
    </a>
    <header className="sticky top-0 z-20 flex h-13 items-center gap-1 border-b border-line bg-canvas px-3 md:h-dvh md:flex-col md:items-stretch md:gap-6 md:overflow-y-auto md:border-r md:border-b-0 md:bg-panel md:px-2 md:py-4 short:md:gap-1 short:md:py-1 rail:px-3">
      <Link
        href="/"
        className="flex items-center gap-2.5 rounded-md px-1 font-semibold tracking-tight pointer-coarse:min-h-11 md:justify-center short:md:max-rail:hidden rail:justify-start rail:px-2"
      >
        <Logo className="size-7 shrink-0 text-accent" />
        <span className="md:sr-only rail:not-sr-only">Strudel Agent</span>
      </Link>
      <Navigation />
      <div className="ml-auto flex items-center gap-1 md:mt-auto md:ml-0 md:flex-col rail:flex-row rail:flex-wrap rail:justify-between rail:[&>button:first-child]:flex-1">
        {search}
        <Link
          href="/settings"
          className="grid size-9 shrink-0 place-items-center rounded-md text-sm font-medium text-soft transition-colors hover:bg-raised hover:text-ink rail:order-first rail:flex rail:w-full rail:items-center rail:gap-3 rail:px-3"
        >
          <Settings2Icon className="size-[1.125rem]" aria-hidden="true" />
          <span className="sr-only rail:not-sr-only">Settings</span>
        </Link>
        <ThemeToggle />
      </div>
    </header>
    <main id="main" tabIndex={-1} className="min-w-0 pb-(--player) outline-none">
      {children}
    </main>
    <Shortcuts />
    <HydrationMark />
  </div>
)
