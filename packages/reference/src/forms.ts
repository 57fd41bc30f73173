import type { Entry, EntryKind } from "./entry.ts"

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Functions that stand for themselves and are no methods of a pattern. */
const alone = wordsOf(`binary binaryN binaryL binaryNL bjorklund reset_timelines arrange seqPLoop slowcatPrime sequenceP
  stackLeft stackRight stackCentre stackBy gap pure reify zip ref irand brandBy randL randrun chooseIn chooseOut chooseWith
  chooseInWith chooseCycles wchoose wchooseCycles withSeed useRNG run morph parray zipWith addVoicings registerVoicings
  setDefaultVoicings setVoicingRange resetVoicings voicingAlias edo midiToFreq freqToMidi noteToMidi midi2note getFreq
  sol2note isNote isNoteWithOctave stepcat stepalt polymeter setcpm setcps all each samples registerSound
  registerSampleSource registerWaveTable soundAlias aliasBank register createParam createParams registerControl mini m h
  minify miniAllStrings setGainCurve setDefault setDefaultValues resetDefaults setVersionDefaults setMaxPolyphony
  setMultiChannelOrbits fetch getDrawContext backgroundImage setTheme setFontFamily setFontSize midin midikeys
  defaultmidimap gamepad enableMotion initHydra clearHydra H tidal mondo loadOrc signal slider sliderWithID`)

/** Methods of a pattern that do not stand for themselves. */
const methods =
  wordsOf(`plyWith plyForEach repeatCycles euclidLegato euclidLegatoRot layer structAll maskAll reset resetAll
  restart restartAll into collect squeezeout choose2 log2 fmap filterValues asNumber in out mix poly tune ftrans withBase
  edoScale stepJoin p d1 q piano log logValues pianoroll _pianoroll punchcard _punchcard wordfall _wordfall spiral _spiral
  scope _scope fscope spectrum _spectrum pitchwheel _pitchwheel animate draw onPaint onFrame markcss tag density duckorbit
  FX modulate fmi00 midi osc csound csoundm serial mqtt webdirt dough`)

/** Patterns that are no functions, beside the signals. */
const values = wordsOf("silence nothing rand rand2 brand perlin berlin accelerationX")

type Named = Pick<Entry, "name" | "kind" | "takes">

const written: ReadonlySet<EntryKind> = new Set(["function", "control", "signal"])

/** Whether it is written without brackets: a pattern, as most signals are. */
export const isValue = ({ name, kind, takes }: Named): boolean =>
  (kind === "signal" && takes === "") || (kind === "function" && values.has(name))

const isCalled = (entry: Named): boolean => written.has(entry.kind) && !isValue(entry)

/** Whether it is written behind a pattern and a dot. */
export const isMethod = (entry: Named): boolean => isCalled(entry) && !alone.has(entry.name)

/** Whether it is written without a pattern before it. */
export const standsAlone = (entry: Named): boolean => isValue(entry) || (isCalled(entry) && !methods.has(entry.name))
