"use client"

import { useEffect, useEffectEvent } from "react"

/** Milliseconds between two pictures where little motion is asked for. */
const calm = 1000

const wantsCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches

/**
 * Draws at every frame while the page is seen, once a second where little motion is asked for, until what it returns is
 * called.
 */
export function eachFrame(draw: (moment: number) => void): () => void {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  function next() {
    // Callbacks of frames rest by themselves while the page is hidden.
    frame = requestAnimationFrame(() => {
      if (wantsCalm()) timer = setTimeout(next, calm)
      else next()
      // It may be what ends the frames, so it comes last.
      draw(Date.now())
    })
  }
  next()
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Draws each frame while `running`, and once more when it ends. */
export function useFrames(running: boolean, draw: (moment: number) => void): void {
  const latest = useEffectEvent(draw)
  useEffect(() => {
    if (!running) {
      latest(Date.now())
      return
    }
    return eachFrame((moment) => latest(moment))
  }, [running])
}

/**
 * A canvas's context, as many pixels as its place has, in the units of the page: empty, or with what is there moved to
 * the left by so many of them.
 */
export function contextOf(
  canvas: HTMLCanvasElement | null,
  { movedBy }: { movedBy?: number } = {},
): { context: CanvasRenderingContext2D; width: number; height: number } | undefined {
  const context = canvas?.getContext("2d")
  if (!canvas || !context) return undefined
  const { clientWidth: width, clientHeight: height } = canvas
  if (width === 0 || height === 0) return undefined
  const scale = window.devicePixelRatio || 1
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
  context.setTransform(scale, 0, 0, scale, 0, 0)
  if (movedBy === undefined) context.clearRect(0, 0, width, height)
  else {
    context.globalAlpha = 1
    context.globalCompositeOperation = "copy"
    context.drawImage(canvas, -movedBy, 0, width, height)
    context.globalCompositeOperation = "source-over"
  }
  return { context, width, height }
}
