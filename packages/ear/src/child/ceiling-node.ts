/** Lets everything through: what is too loud is to be measured, and hurts nobody here. */
export function openCeiling(context: BaseAudioContext) {
  const node = new GainNode(context, { channelCount: 2, channelCountMode: "explicit" })
  return { input: node, output: node, end: () => node.disconnect() }
}
