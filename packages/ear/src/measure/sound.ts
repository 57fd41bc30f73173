/** Sound of two channels. */
export interface Sound {
  left: Float32Array
  right: Float32Array
  sampleRate: number
}

/** Both channels as one. */
export function monoOf({ left, right }: Sound): Float32Array {
  const mono = new Float32Array(left.length)
  for (let frame = 0; frame < mono.length; frame++) mono[frame] = ((left[frame] ?? 0) + (right[frame] ?? 0)) / 2
  return mono
}
