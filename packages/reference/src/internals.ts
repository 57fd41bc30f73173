/**
 * What a clip can name and is still no part of the language: the engine's own machinery, by what it is for. It is
 * told of by no completion and no search, and is known, so that a clip that uses it is not told that it does not exist.
 */
export const internals: Readonly<Record<string, string>> = {
  "kinds of things":
    "ClockCollator Cyclist Fraction Hap Pattern State TimeSpan SyntaxError StartRules constructor controls keyAlias strudelScope voicingRegistry complex simple packageName logKey soundMap",
  "running code":
    "repl evaluate evalScope createClock getTrigger getTriggerFunc setTriggerFunc getTime setTime getCps setCpsFunc getIsStarted setIsStarted getPattern setPattern getPerformanceTimeSeconds getEventOffsetMs cycleToSeconds reset_state calculateSteps refuseImport onTrigger onTriggerTime getCurrentKeyboardState",
  "reading notation":
    "knowNotations mini2ast parse patternifyAST getLeafLocation getLeafLocations getLeaves setStringParser tokenizeNote getAccidentalsOffset parseNumeral parseFractional numeralArgs fractionalArgs",
  "what this release names and cannot run": "hsl hsla pickmodF",
  "setting up sound":
    "initAudio initAudioOnFirstClick initStrudel registerSynthSounds registerZZFXSounds registerSoundfonts registerWorklet setSoundfontUrl setPunctuation loadBuffer getAnalyserById getAnalyzerData getSound getSoundIndex getPlayableNoteValue",
  "functions on plain values":
    "averageArray base64ToUnicode unicodeToBase64 clamp code2hash hash2code compose pipe constant curry flatten id listRange mapArgs nanFallback objectMap pairs rotate splitAt stringifyValues uniq uniqsort uniqsortr removeUndefineds isPattern getControlName isControlName registerMultiControl logger errorLogger valueToMidi getRandsAtTime drawLine",
  "joining and querying":
    "appWhole appBoth appLeft appRight bind bindWhole innerBind outerBind squeezeBind polyBind join innerJoin outerJoin resetJoin restartJoin squeezeJoin unjoin queryArc splitQueries withQuerySpan withQuerySpanMaybe withQueryTime withState withHap withHaps withHapSpan withHapTime withContext setContext stripContext withLoc withSteps setSteps hasSteps filterHaps onsetsOnly discreteOnly defragmentHaps firstCycle firstCycleValues showFirstCycle sortHapsByPart",
}

export const internalNames: ReadonlySet<string> = new Set(Object.values(internals).flatMap((names) => names.split(" ")))
