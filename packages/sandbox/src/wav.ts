/** A WAV file of 16 bits a sample, one channel or two; what is louder than full is cut. */
export function encodeWav(channels: Float32Array[], sampleRate: number): ArrayBuffer {
  const frames = channels[0]?.length ?? 0
  const bytesPerFrame = channels.length * 2
  const file = new DataView(new ArrayBuffer(44 + frames * bytesPerFrame))
  const word = (offset: number, text: string) => {
    for (let index = 0; index < 4; index++) file.setUint8(offset + index, text.charCodeAt(index))
  }
  word(0, "RIFF")
  file.setUint32(4, file.byteLength - 8, true)
  word(8, "WAVE")
  word(12, "fmt ")
  file.setUint32(16, 16, true)
  file.setUint16(20, 1, true)
  file.setUint16(22, channels.length, true)
  file.setUint32(24, sampleRate, true)
  file.setUint32(28, sampleRate * bytesPerFrame, true)
  file.setUint16(32, bytesPerFrame, true)
  file.setUint16(34, 16, true)
  word(36, "data")
  file.setUint32(40, frames * bytesPerFrame, true)
  const samples = new Int16Array(file.buffer, 44)
  for (const [channel, values] of channels.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      const value = Math.max(-1, Math.min(1, values[frame] ?? 0))
      samples[frame * channels.length + channel] = Math.round(value * 32_767)
    }
  }
  return file.buffer
}
