type Holding = AudioBufferSourceNode & { held?: AudioBuffer | null }

/**
 * Has sources play the buffer that they are given, where the library's copy it twice: seconds of noise for each stroke of
 * a hat. Nothing writes to a buffer that plays.
 */
export function shareBuffers({ prototype }: typeof AudioBufferSourceNode): void {
  const copying = Object.getOwnPropertyDescriptor(prototype, "buffer")
  Object.defineProperty(prototype, "buffer", {
    get(this: Holding) {
      return this.held ?? copying?.get?.call(this)
    },
    set(this: Holding, buffer: AudioBuffer | null) {
      this.held = buffer
    },
  })
}
