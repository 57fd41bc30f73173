/** Where a key moves a pad among others that stand in rows; undefined for a key that moves nothing. */
export function placeByKey(
  key: string,
  { index, count, columns }: { index: number; count: number; columns: number },
): number | undefined {
  const within = (place: number) => (place >= 0 && place < count ? place : index)
  switch (key) {
    case "ArrowLeft":
      return within(index - 1)
    case "ArrowRight":
      return within(index + 1)
    case "ArrowUp":
      return within(index - columns)
    case "ArrowDown":
      return within(index + columns)
    case "Home":
      return 0
    case "End":
      return count - 1
    default:
      return undefined
  }
}
