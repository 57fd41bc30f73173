/** Runs before the web app takes a request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const { refuseWithoutFrontDoor } = await import("./front-door-check.ts")
  refuseWithoutFrontDoor()
}
