"use client"

import { type Action, useListedActions } from "#shared/keyboard/actions.ts"
import { Keys } from "#shared/keyboard/keyboard-keys.tsx"
import { Dialog } from "#shared/ui/dialog.tsx"

function byGroup(actions: Action[]): [string, Action[]][] {
  const groups = new Map<string, Action[]>()
  const taken = new Set<string>()
  for (const action of actions) {
    // What the page offers comes first, and takes the keys of what every page has.
    if (!action.keys || (action.run && taken.has(action.keys))) continue
    taken.add(action.keys)
    groups.set(action.group, [...(groups.get(action.group) ?? []), action])
  }
  return [...groups]
}

/** Every shortcut that works on this page, by group. */
export function KeyboardMap({ onClose }: { onClose: () => void }) {
  const groups = byGroup(useListedActions())
  return (
    <Dialog title="Keyboard" note="Keys one after another are pressed in turn." wide onClose={onClose}>
      <div className="gap-x-10 sm:columns-2 lg:columns-3">
        {groups.map(([group, actions]) => (
          <section key={group} className="mb-6 break-inside-avoid">
            <h3 className="mb-1.5 text-xs font-semibold tracking-wide text-soft uppercase">{group}</h3>
            <dl className="flex flex-col">
              {actions.map(({ id, name, keys = "" }) => (
                <div key={id} className="flex items-baseline gap-4 border-t border-line py-1.5 text-sm">
                  <dt className="min-w-0 flex-1">{name}</dt>
                  <dd className="shrink-0">
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
