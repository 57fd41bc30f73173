/** A sound: its names, what it is, and what it is good for. */
export type SoundRow = readonly [names: string, does: string, purposes: string]

/** Sounds that the engine computes. */
export const synths: readonly SoundRow[] = [
  ["sawtooth saw", "A bright wave with all harmonics.", "bass, lead, pad, acid, brass, strings"],
  ["square sqr", "A hollow wave with odd harmonics.", "bass, lead, chiptune, clarinet"],
  ["triangle tri", "A soft wave; what sounds where no sound is named.", "soft lead, flute, sub, chiptune bass"],
  ["sine sin", "A pure tone.", "sub bass, bell with fm, soft, kick"],
  ["supersaw", "Several sawtooths a little out of tune.", "trance, pad, wide lead, big chords"],
  ["pulse", "A square whose width can be set.", "pwm, bass, lead, hollow"],
  ["sbd", "A computed bass drum, whose pitch falls.", "kick, bass drum, 808"],
  ["white", "White noise.", "noise, hihat, snare, riser, wind"],
  ["pink", "Pink noise, softer than white.", "noise, hihat, sea, wind"],
  ["brown", "Brown noise, the darkest.", "noise, rumble, sea"],
  ["crackle", "Single crackles, as dense as `density` says.", "vinyl, dust, fire, texture"],
  ["bytebeat", "What a formula computes, sample by sample.", "chiptune, glitch, formula"],
  ["zzfx", "A small synthesiser for sounds of games.", "chiptune, game, effect, zap"],
  ["z_sine", "The sine of zzfx.", "chiptune, game"],
  ["z_sawtooth", "The sawtooth of zzfx.", "chiptune, game"],
  ["z_triangle", "The triangle of zzfx.", "chiptune, game"],
  ["z_square", "The square of zzfx.", "chiptune, game"],
  ["z_tan", "The tangent wave of zzfx.", "chiptune, game, harsh"],
  ["z_noise", "The noise of zzfx.", "chiptune, game, noise"],
  ["user", "A wave that `partials` describes.", "additive, organ, own wave"],
  ["one", "A constant signal of 1.", "modulation, test"],
  ["bus", "What another sound sent to a bus.", "routing"],
]

/** Drums that are built in and sound without a network. */
export const drums: readonly SoundRow[] = [
  ["bd", "Bass drum; :1 is longer and softer, :2 short and hard.", "kick, bass drum, four on the floor"],
  ["sd", "Snare drum; :1 is longer, :2 short and high.", "snare, backbeat"],
  ["hh", "Closed hi-hat; :1 is longer, :2 shorter.", "hihat, hat, closed"],
  ["oh", "Open hi-hat; :1 is shorter.", "hihat, open"],
  ["cp", "Hand clap; :1 is longer.", "clap"],
  ["rim", "Rim shot.", "rimshot, click"],
  ["lt", "Low tom.", "tom, fill"],
  ["mt", "Middle tom.", "tom, fill"],
  ["ht", "High tom.", "tom, fill"],
  ["cr", "Crash cymbal.", "crash, cymbal, accent"],
  ["rd", "Ride cymbal.", "ride, cymbal, jazz"],
  ["cb", "Cowbell.", "cowbell"],
  ["sh", "Shaker.", "shaker, groove"],
  ["tb", "Tambourine.", "tambourine"],
  ["perc", "Percussion; :1 is a block.", "percussion, conga"],
  ["cl", "Claves.", "clave, click, latin"],
  ["wb", "Wood block.", "woodblock"],
  ["ma", "Maracas.", "maracas, shaker, latin"],
  ["misc", "A short rattle.", "noise, effect"],
]

/** Instruments of the General MIDI set by family; they are fetched where the network is on, else an oscillator plays. */
export const soundfonts: readonly (readonly [family: string, names: string])[] = [
  ["piano, keys", "gm_piano gm_epiano1 gm_epiano2 gm_harpsichord gm_clavinet"],
  [
    "bell, mallets",
    "gm_celesta gm_glockenspiel gm_music_box gm_vibraphone gm_marimba gm_xylophone gm_tubular_bells gm_dulcimer gm_tinkle_bell gm_kalimba",
  ],
  [
    "organ, accordion",
    "gm_drawbar_organ gm_percussive_organ gm_rock_organ gm_church_organ gm_reed_organ gm_accordion gm_harmonica gm_bandoneon",
  ],
  [
    "guitar",
    "gm_acoustic_guitar_nylon gm_acoustic_guitar_steel gm_electric_guitar_jazz gm_electric_guitar_clean gm_electric_guitar_muted gm_overdriven_guitar gm_distortion_guitar gm_guitar_harmonics gm_guitar_fret_noise",
  ],
  [
    "bass",
    "gm_acoustic_bass gm_electric_bass_finger gm_electric_bass_pick gm_fretless_bass gm_slap_bass_1 gm_slap_bass_2 gm_synth_bass_1 gm_synth_bass_2",
  ],
  [
    "strings, orchestra",
    "gm_violin gm_viola gm_cello gm_contrabass gm_tremolo_strings gm_pizzicato_strings gm_orchestral_harp gm_timpani gm_string_ensemble_1 gm_string_ensemble_2 gm_synth_strings_1 gm_synth_strings_2 gm_orchestra_hit gm_fiddle",
  ],
  ["voice, choir", "gm_choir_aahs gm_voice_oohs gm_synth_choir"],
  [
    "brass",
    "gm_trumpet gm_trombone gm_tuba gm_muted_trumpet gm_french_horn gm_brass_section gm_synth_brass_1 gm_synth_brass_2",
  ],
  [
    "woodwind, sax, flute",
    "gm_soprano_sax gm_alto_sax gm_tenor_sax gm_baritone_sax gm_oboe gm_english_horn gm_bassoon gm_clarinet gm_piccolo gm_flute gm_recorder gm_pan_flute gm_blown_bottle gm_shakuhachi gm_whistle gm_ocarina",
  ],
  [
    "synth lead",
    "gm_lead_1_square gm_lead_2_sawtooth gm_lead_3_calliope gm_lead_4_chiff gm_lead_5_charang gm_lead_6_voice gm_lead_7_fifths gm_lead_8_bass_lead",
  ],
  [
    "pad, ambient",
    "gm_pad_new_age gm_pad_warm gm_pad_poly gm_pad_choir gm_pad_bowed gm_pad_metallic gm_pad_halo gm_pad_sweep",
  ],
  [
    "effect, texture",
    "gm_fx_rain gm_fx_soundtrack gm_fx_crystal gm_fx_atmosphere gm_fx_brightness gm_fx_goblins gm_fx_echoes gm_fx_sci_fi gm_reverse_cymbal gm_breath_noise gm_seashore gm_bird_tweet gm_telephone gm_helicopter gm_applause gm_gunshot",
  ],
  ["world", "gm_sitar gm_banjo gm_shamisen gm_koto gm_bagpipe gm_shanai"],
  ["percussion", "gm_agogo gm_steel_drums gm_woodblock gm_taiko_drum gm_melodic_tom gm_synth_drum"],
]

/** Drum machines, for `bank`; they are fetched where the network is on, else the built-in drums play. */
export const banks: readonly (readonly [name: string, purposes: string])[] = [
  ["RolandTR909", "house, techno, punchy"],
  ["RolandTR808", "hip hop, trap, electro, boomy"],
  ["RolandTR707", "house, eighties"],
  ["RolandTR606", "acid, thin"],
  ["RolandTR505", "eighties, lo-fi"],
  ["RolandTR727", "latin percussion"],
  ["RolandCompurhythm78", "bossa, soft, disco"],
  ["LinnDrum", "eighties, pop, funk"],
  ["OberheimDMX", "hip hop, electro"],
  ["AkaiLinn", "hip hop"],
  ["AkaiMPC60", "hip hop, boom bap"],
  ["EmuSP12", "hip hop, lo-fi, boom bap"],
  ["EmuDrumulator", "eighties, pop"],
  ["CasioRZ1", "lo-fi, house"],
  ["KorgM1", "house, nineties"],
  ["SimmonsSDS5", "electronic toms, eighties"],
  ["BossDR110", "lo-fi, thin"],
  ["AlesisHR16", "industrial, eighties"],
  ["YamahaRX5", "eighties, rock"],
  ["SequentialCircuitsDrumtracks", "eighties, pop"],
]
