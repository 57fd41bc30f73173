/** A worker that says whether code may be evaluated. */
const probe = "try { new Function('')(); postMessage(true) } catch { postMessage(false) }"

/** Whether the chat's policy lets clip code run here: in a worker made by the page, which evaluates it. */
export function mayPlay(): Promise<boolean> {
  const address = URL.createObjectURL(new Blob([probe], { type: "text/javascript" }))
  return new Promise<boolean>((resolve) => {
    try {
      const worker = new Worker(address)
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        worker.terminate()
        resolve(data === true)
      }
      worker.onerror = () => resolve(false)
    } catch {
      resolve(false)
    }
  }).finally(() => URL.revokeObjectURL(address))
}
