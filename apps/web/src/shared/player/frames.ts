"use client"

import { useEffect, useEffectEvent } from "react"

/** Milliseconds between two pictures where little motion is asked for. */
const calm = 1000

const wantsCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches

/**
 * Draws at every frame while `running` and while the page is seen, and once more when it ends; once a second where
 * little motion is asked for.
 */
export function useFrames(running: boolean, draw: (moment: number) => void): void {
  const latest = useEffectEvent(draw)
  useEffect(() => {
    if (!running) {
      latest(Date.now())
      return
    }
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    function next() {
      // Callbacks of frames rest by themselves while the page is hidden.
      frame = requestAnimationFrame(() => {
        latest(Date.now())
        if (wantsCalm()) timer = setTimeout(next, calm)
        else next()
      })
    }
    next()
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [running])
}

/** A canvas's context, as many pixels as its place has, in the units of the page. */
export function contextOf(
  canvas: HTMLCanvasElement | null,
): { context: CanvasRenderingContext2D; width: number; height: number } | undefined {
  const context = canvas?.getContext("2d")
  if (!canvas || !context) return undefined
  const { clientWidth: width, clientHeight: height } = canvas
  if (width === 0 || height === 0) return undefined
  const scale = window.devicePixelRatio || 1
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)
  return { context, width, height }
}
