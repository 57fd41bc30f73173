"use client"

import { usePathname } from "next/navigation"
import { Link } from "#shared/ui/link.tsx"
import { PendingHint } from "#shared/ui/pending-hint.tsx"
import { places } from "./places.ts"

/** The place that a path belongs to: a clip's page to the clips, though its path begins with its project. */
function placeOf(pathname: string): string {
  if (pathname === "/") return "/sessions"
  const [, first = "", , kind] = pathname.split("/")
  return `/${first === "projects" && kind ? kind : first}`
}

export function Navigation() {
  const current = placeOf(usePathname())
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] md:static md:border-0 md:bg-transparent md:pb-0"
    >
      <ul className="flex md:flex-col md:gap-1 short:md:gap-0">
        {places.map(({ href, name, icon: Icon }) => (
          <li key={href} className="min-w-0 flex-1 md:flex-none">
            <Link
              href={href}
              aria-current={current === href ? "page" : undefined}
              className="group relative flex h-14 flex-col items-center justify-center gap-1 text-[0.6875rem] font-medium text-soft transition-colors -outline-offset-2 hover:text-ink aria-[current]:text-ink short:md:h-11 short:md:gap-0 md:rounded-md md:hover:bg-raised md:aria-[current]:bg-raised rail:h-9 rail:flex-row rail:justify-start rail:gap-3 rail:px-3 rail:text-sm"
            >
              <Icon className="size-5 group-aria-[current]:text-accent rail:size-[1.125rem]" aria-hidden="true" />
              {name}
              <PendingHint className="absolute top-1.5 right-1/4 rail:static rail:ml-auto" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
