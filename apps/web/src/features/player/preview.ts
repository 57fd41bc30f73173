import { type Item, itemKey } from "#shared/url-state/item-link.ts"

/** Milliseconds that the pointer rests on a clip until it is heard. */
const rest = 400
const key = "h"

export interface PreviewOptions {
  clipAround(element: Element | null | undefined): Item | undefined
  /** Whether keys are not for the preview, since they are typed into a field. */
  ignores(target: EventTarget | null): boolean
  /** Makes ready what is likely to be heard in a moment. */
  prepare(item: Item): void
  /** Plays a clip, unless it is no longer wanted by the time that its code is there. */
  begin(item: Item, isWanted: () => boolean): Promise<void>
  end(): void
}

/**
 * Plays the clip on which the pointer rests, or that has the focus, while H is held; another one when the pointer moves
 * on to it. Letting go brings back what played before.
 */
export function createPreview({ clipAround, ignores, prepare, begin, end }: PreviewOptions) {
  let pointed: Item | undefined
  /** The key on the keyboard that is held: by its name it would be another once Shift is pressed. */
  let held: string | undefined
  let heard: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function wait() {
    clearTimeout(timer)
    const item = pointed ?? clipAround(document.activeElement)
    if (held === undefined || !item || itemKey(item) === heard) return
    prepare(item)
    timer = setTimeout(() => {
      const wanted = itemKey(item)
      heard = wanted
      begin(item, () => heard === wanted).catch(() => {})
    }, rest)
  }

  function release() {
    clearTimeout(timer)
    held = undefined
    if (heard === undefined) return
    heard = undefined
    end()
  }

  const onOver = ({ target }: PointerEvent) => {
    const next = clipAround(target instanceof Element ? target : undefined)
    if (next?.itemId === pointed?.itemId && next?.projectId === pointed?.projectId) return
    pointed = next
    if (held !== undefined) wait()
  }
  const onDown = (event: KeyboardEvent) => {
    if (event.key !== key || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (held !== undefined || event.repeat || ignores(event.target)) return
    held = event.code
    wait()
  }
  const onUp = ({ code }: KeyboardEvent) => {
    if (code === held) release()
  }

  addEventListener("pointerover", onOver, { passive: true })
  addEventListener("keydown", onDown)
  addEventListener("keyup", onUp)
  addEventListener("blur", release)
  return {
    close() {
      release()
      removeEventListener("pointerover", onOver)
      removeEventListener("keydown", onDown)
      removeEventListener("keyup", onUp)
      removeEventListener("blur", release)
    },
  }
}
