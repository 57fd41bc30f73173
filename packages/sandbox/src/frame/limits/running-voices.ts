import { type OnTrigger, type SoundHandle, soundMap } from "superdough/index.mjs"

/** What sounds, by the channel of its clip. */
const running = new Map<string, Set<SoundHandle>>()

const channelOf = ({ orbit }: Record<string, unknown>): string => String(orbit).replace(/:.*$/s, "")

const watched =
  (onTrigger: OnTrigger): OnTrigger =>
  async (time, controls, onEnded, cps) => {
    const channel = channelOf(controls)
    const voices = running.get(channel) ?? new Set()
    running.set(channel, voices)
    let handle: SoundHandle | undefined
    const ended = () => {
      if (handle) voices.delete(handle)
      onEnded()
    }
    handle = await onTrigger(time, controls, ended, cps)
    if (handle) voices.add(handle)
    return handle
  }

/** Keeps account of all sounds that are registered from here on; to be called once in a realm. */
export function watchVoices(): void {
  const register = soundMap.setKey.bind(soundMap)
  soundMap.setKey = (name, { onTrigger, data }) => register(name, { onTrigger: watched(onTrigger), data })
}

/** Ends what sounds of a channel, or is about to. */
export function endVoices(channel: string, time: number): void {
  for (const handle of running.get(channel) ?? []) end(handle, time)
  running.delete(channel)
}

function end({ nodes, stop }: SoundHandle, time: number) {
  try {
    stop?.(time)
    // A processor computes on until its own end, whether it is heard or not.
    for (const source of [nodes?.source ?? []].flat()) {
      if (source instanceof AudioWorkletNode) source.parameters.get("end")?.setValueAtTime(time, time)
    }
  } catch {
    // What has ended by itself cannot be ended again.
  }
}
