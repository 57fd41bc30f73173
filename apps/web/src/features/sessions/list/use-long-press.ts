"use client"

import { type PointerEvent, useRef } from "react"

/** Milliseconds that a finger rests before it counts as a long press. */
const timeout = 450
/** Pixels that a resting finger may move. */
const slack = 10

/**
 * Tells the row that a finger was held on. `swallow` says whether the click or menu that follows belongs to that press.
 */
export function useLongPress(onPress: (id: string) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined)
  const pressed = useRef(false)
  const end = () => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  return {
    swallow: () => pressed.current,
    handlers: {
      onPointerDown({ pointerType, target, clientX: x, clientY: y }: PointerEvent) {
        pressed.current = false
        const id = target instanceof Element && target.closest<HTMLElement>("[data-key]")?.dataset.key
        if (pointerType !== "touch" || !id) return
        const timer = setTimeout(() => {
          pressed.current = true
          onPress(id)
        }, timeout)
        press.current = { timer, x, y }
      },
      onPointerMove({ clientX, clientY }: PointerEvent) {
        const start = press.current
        if (start && Math.hypot(clientX - start.x, clientY - start.y) > slack) end()
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  }
}
