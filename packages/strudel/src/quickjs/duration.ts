/** A time in milliseconds, in words: "1 second", "2.5 seconds". */
export function seconds(milliseconds: number): string {
  return milliseconds === 1000 ? "1 second" : `${milliseconds / 1000} seconds`
}
