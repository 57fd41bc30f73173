import { expect, it } from "vitest"
import { kitAddresses } from "../../kit/kit.ts"
import { replacementOf } from "./replacements.ts"

it.each([
  ["RolandTR909_bd", false, "bd"],
  ["rolandtr808_oh", false, "oh"],
  ["linndrum_sh", false, "sh"],
  ["clubkick", false, "bd"],
  ["808oh", false, "oh"],
  ["hh27", false, "hh"],
  ["realclaps", false, "cp"],
  ["cowbell", false, "cb"],
  ["mridangam_ta", false, "mt"],
  ["tabla2", true, "triangle"],
  ["piano", true, "triangle"],
  ["gm_epiano1", false, "triangle"],
  ["wt_flute", false, "triangle"],
  ["jazz", false, "perc"],
])("%s, pitched %s, is replaced by %s", (name, pitched, by) => {
  const replacement = replacementOf(name, pitched)
  expect("drum" in replacement ? replacement.drum : replacement.synth).toBe(by)
  if ("drum" in replacement) expect(kitAddresses(replacement.drum)).not.toBeNull()
})
