import { useSyncExternalStore } from "react"

const never = () => () => {}

/** Whether what is drawn has its scripts; before that, what people choose or type there would be shown and not known. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
