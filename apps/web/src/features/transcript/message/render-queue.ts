const waiting: (() => void)[] = []

function drawNext(): void {
  try {
    waiting[0]?.()
  } finally {
    waiting.shift()
    if (waiting.length > 0) setTimeout(drawNext)
  }
}

/** Draws one thing after the other, each in a task of its own: what the reader does comes between them. */
export function enqueueRender(draw: () => void): void {
  waiting.push(draw)
  if (waiting.length === 1) setTimeout(drawNext)
}
