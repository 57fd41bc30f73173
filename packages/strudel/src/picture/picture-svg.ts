import { palette } from "./palette.ts"
import type { Picture } from "./picture-data.ts"
import { barLines, levelOpacity, pictureWords } from "./picture-words.ts"

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? "")

/** A picture as an SVG file of its own, in dark or light colours as its reader prefers. */
export function pictureSvg(picture: Picture): string {
  const { width, height, paths } = picture
  const used = [...new Set(paths.map(({ colour }) => colour))].sort((one, other) => one - other)
  const rules = (colours: string[]) => used.map((colour) => `.c${colour}{stroke:${colours[colour]}}`).join("")
  const words = escaped(pictureWords(picture))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}">`,
    `<title>${words}</title>`,
    `<style>path{fill:none}.bars{stroke:#80808060}${rules(palette.light)}@media(prefers-color-scheme:dark){${rules(palette.dark)}}</style>`,
    `<path class="bars" d="${barLines(picture)}"/>`,
    ...paths.map(
      ({ colour, level, thickness, d }) =>
        `<path class="c${colour}" stroke-width="${thickness}" opacity="${levelOpacity[level] ?? 1}" d="${d}"/>`,
    ),
    "</svg>",
  ].join("\n")
}
