// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Types of libsmp for Node. Parameter objects come from the library's field tables (types.mjs); everything else is written
// in types.in.d.ts. Every member of a parameter object may be left out: the default is named beside it.

// ---- parameter objects ------------------------------------------------------------------------

export interface ContextDesc {
  /** Widest vector kernels allowed; every choice gives the same bytes; default best. */
  isa?: 'best' | 'scalar' | 'v128' | 'v256' | 'v512'
  /** Bytes that may be held at once through the context; 0 for no limit: bytes [0, 18446744073709552000], default 0. */
  memoryBudget?: number | bigint
}

export interface Head {
  /** A head, or a flat patch for close-ups; default ellipsoid. */
  shape?: 'ellipsoid' | 'flat'
  /** Side to side above the ears; the width of a flat patch: mm [5, 1000], default 152. */
  widthMm?: number
  /** Crown to chin; the height of a flat patch: mm [5, 1000], default 232. */
  heightMm?: number
  /** Glabella to the back of the head; unused when flat: mm [5, 1000], default 197. */
  lengthMm?: number
  /** Crown above the tragi; unused when flat: mm [0, 1000], default 131. */
  vertexMm?: number
  /** From the crown down to the widest level; 0: 0.293 of the height; unused when flat: mm [0, 1000], default 0. */
  widestMm?: number
  /** The tragi before the middle of the length; unused when flat: mm [-80, 80], default 0. */
  earsMm?: number
}

export interface Camera {
  /** Rows: camera x, y, z in head coordinates; the identity by default: [-1.001, 1.001], default 0. */
  rotation?: number[]
  /** Where the origin of the head frame falls: px [-1000000, 1000000], default 0. */
  centerPx?: [number, number]
  /** Scale at the origin of the head frame: px/mm [0.0001, 1000], default 1. */
  pxPerMm?: number
  /** From the camera to the origin of the head frame; 0 is weak perspective: mm [0, 10000000], default 0. */
  distanceMm?: number
  /** One standard deviation of each angle; 0 is not known: deg [0, 180], default 0. */
  poseSigmaDeg?: number
  /** One standard deviation of the scale, relative; 0 is not known: [0, 1], default 0. */
  scaleSigma?: number
}

export interface Skin {
  /** Volume fraction of melanosomes in the epidermis: [0, 0.5], default 0.006. */
  melanin?: number
  /** Volume fraction of blood in the dermis: [0, 0.2], default 0.011. */
  blood?: number
  /** Yellow chromophores of the dermis as beta-carotene: umol/l [-30, 50], default 1. */
  yellowUm?: number
  /** Scattering over that of usual skin: [0.5, 3], default 1. */
  scattering?: number
}

export interface Column {
  /** Diameter of the column: mm [0.02, 2], default 0.25. */
  diameterMm?: number
  /** Depth of its top below the surface: mm [0.02, 3], default 0.1. */
  topMm?: number
  /** Height of the column: mm [0.02, 3], default 0.25. */
  heightMm?: number
  /** Vertical absorption optical depth at 550 nm: [0, 100], default 2. */
  dose?: number
  /** Standard deviation, per axis, of how far pigment has wandered: mm [0, 2], default 0. */
  spreadMm?: number
}

export interface DecodeDesc {
  /** Longest side that is decoded; larger pictures are refused: px [1, 65535], default 32768. */
  maxSide?: number
  /** Largest area that is decoded; larger pictures are refused: px [1, 4294967296], default 268435456. */
  maxPixels?: number | bigint
  /** Make the raw Exif block available from the picture; default false. */
  keepExif?: boolean
  /** Leave pixels as they are stored; default false. */
  ignoreOrientation?: boolean
}

export interface EncodeDesc {
  /** The kind of file: JPEG or PNG; default png. */
  kind?: 'jpeg' | 'png'
  /** JPEG quality: [1, 100], default 92. */
  quality?: number
  /** PNG compression, from fast to small: [1, 9], default 6. */
  effort?: number
}

export interface ScalpDesc {
  /** Look for bare skin when there is no mask; 0 takes the whole head; default true. */
  findSkin?: boolean
  /** The photo's own blur, standard deviation; 0 measures it: px [0, 50], default 0. */
  blurPx?: number
  /** How much of the found shine stays on top of the pigment: [0, 1], default 1. */
  keepShine?: number
  /** Look for short hairs and stubble one by one; default false. */
  findHairs?: boolean
  /** Pigment goes on the skin between strands of thinning hair; default false. */
  densityMode?: boolean
}

export interface PlanDesc {
  /** Which arrangement of dots: [0, 4294967295], default 1. */
  seed?: number
  /** Model revision: [1, 1], default 1. */
  look?: number
  /** Dots per square centimetre at full density: 1/cm2 [1, 250], default 150. */
  densityPerCm2?: number
  /** Implanted pigment, optical depth at 550 nm; 0 draws nothing: [0, 40], default 3. */
  dose?: number
  /** Diameter of a dot's column: mm [0.05, 1], default 0.25. */
  diameterMm?: number
  /** Top of the column under the skin: mm [0.04, 1], default 0.1. */
  topMm?: number
  /** Height of the column: mm [0.05, 2], default 0.25. */
  heightMm?: number
  /** Relative standard deviation of the diameter: [0, 0.5], default 0.12. */
  sizeVariation?: number
  /** Relative standard deviation of the dose: [0, 0.8], default 0.25. */
  doseVariation?: number
  /** Relative standard deviation of the top: [0, 0.5], default 0.12. */
  depthVariation?: number
  /** 0 places dots like a hand, 1 as evenly as possible: [0, 1], default 0. */
  regularity?: number
  /** How softly density ends at the lower edge of sides and nape: mm [0, 60], default 18. */
  sideFadeMm?: number
  /** Share of places that hold a group of two or three dots: [0, 1], default 0. */
  groupShare?: number
  /** Between the dots of a group: mm [0, 2], default 0.35. */
  groupSpreadMm?: number
  /** Rows of two and three, or clusters of three; default straight. */
  texture?: 'straight' | 'afro'
}

export interface HairlineDesc {
  /** Shape of the hairline; default natural. */
  style?: 'natural' | 'straight' | 'widows_peak' | 'mature' | 'none' | 'female'
  /** From the glabella up the skin to the middle of the front: mm [40, 130], default 80. */
  heightMm?: number
  /** Over which density rises from sparse to full behind the edge: mm [1, 30], default 12. */
  softnessMm?: number
  /** Density at the edge over full density: [0, 1], default 0.25. */
  edgeDensity?: number
  /** Waves and clusters of the edge; 0 is none: [0, 1], default 0.5. */
  irregularity?: number
  /** Times irregularity: the waves of the line: [0, 2], default 1. */
  macro?: number
  /** Times irregularity: clusters, gaps and dents of its edge: [0, 2], default 1. */
  micro?: number
  /** The fronto-temporal corners further back than the style's: mm [-15, 40], default 0. */
  cornerBackMm?: number
  /** The temple points further forward than the style's: mm [-25, 25], default 0. */
  templeMm?: number
  /** Fronto-temporal angle between hairline and temple line; 0 is the style's own, below 50 it is 50: deg [0, 160], default 0. */
  templeAngleDeg?: number
}

export interface SessionDesc {
  /** Of the final density that is in place after this session: [0.001, 1], default 1. */
  share?: number
  /** Days since the first session: days [0, 36500], default 0. */
  day?: number
  /** Dilution: times the plan's dose: [0, 4], default 1. */
  doseScale?: number
  /** Width of the needle's tip; 0 is the plan's diameter: mm [0, 1], default 0. */
  needleMm?: number
  /** How deep the needle goes; 0 is the plan's top and height: mm [0, 3], default 0. */
  depthMm?: number
  /** Where, as bits: 1 is outside all zones, 2 zone 1, 4 zone 2 and so on: [0, 4294967295], default 4294967295. */
  zones?: number
}

export interface PhantomDesc {
  /** Which skin and hairs: [0, 4294967295], default 1. */
  seed?: number
  /** Width of the picture: px [16, 16384], default 1600. */
  width?: number
  /** Height of the picture: px [16, 16384], default 1152. */
  height?: number
  /** Mean melanosome volume fraction: [0, 0.5], default 0.011. */
  melanin?: number
  /** Mean blood volume fraction: [0, 0.2], default 0.028. */
  blood?: number
  /** Yellow chromophores: umol/l [-5, 50], default 2. */
  yellowUm?: number
  /** Stubble at the sides and back: 0 none, 1 a full horseshoe: [0, 1], default 0.8. */
  fringe?: number
  /** Strength of the highlight: [0, 3], default 1. */
  shine?: number
  /** Pores, mottling and fine lines: [0, 3], default 1. */
  texture?: number
  /** Camera noise, standard deviation of encoded values over 255: [0, 20], default 1. */
  grain?: number
  /** The camera's blur, standard deviation: px [0, 20], default 0.7. */
  blurPx?: number
  /** Turns the face to its own left: deg [-180, 180], default 0. */
  yawDeg?: number
  /** Lifts the chin: deg [-90, 90], default -30. */
  pitchDeg?: number
  /** Leans the head clockwise in the picture: deg [-180, 180], default 0. */
  rollDeg?: number
  /** Height of the head's outline over the picture's, or over 0.72 of its width if less: [0.1, 4], default 1.42. */
  fill?: number
  /** Long, thinning hair over the top: 0 none, 1 about 60 roots a cm2: [0, 1], default 0. */
  strands?: number
  /** Freckles and sun spots: 1/cm2 [0, 20], default 0. */
  spotsPerCm2?: number
  /** Their median diameter: mm [0.5, 20], default 3. */
  spotMm?: number
  /** Their melanin over that of the skin around, geometric mean: [1, 5], default 2.2. */
  spotMelanin?: number
}

export interface Pigment {
  /** Share of the absorption at 550 nm: carbon below 100 nm, slightly warm: [0, 1], default 0. */
  carbonFine?: number
  /** Share: carbon in aggregates of 200 nm, neutral: [0, 1], default 1. */
  carbonCoarse?: number
  /** Share: red iron oxide (hematite): [0, 1], default 0. */
  ironRed?: number
  /** Share: yellow iron oxide (goethite): [0, 1], default 0. */
  ironYellow?: number
  /** Share: black iron oxide (magnetite): [0, 1], default 0. */
  ironBlack?: number
  /** White: reduced scattering optical depth per absorption optical depth at 550 nm: [0, 100], default 0. */
  titania?: number
}

export interface LayeredDesc {
  /** Light from one direction, or from all; default beam. */
  incidence?: 'beam' | 'diffuse'
  /** Of a beam, in the medium above, from the normal: deg [0, 89], default 0. */
  angleDeg?: number
  /** Refractive index of what is above: [1, 4], default 1. */
  indexAbove?: number
  /** Refractive index of what is below: [1, 4], default 1. */
  indexBelow?: number
  /** Directions per hemisphere: [4, 64], default 24. */
  angles?: number
  /** Whether reflectance has what the first surface mirrors; default true. */
  specular?: boolean
}

export interface EstimateDesc {
  /** What the light of the skin is multiplied by, most probably: [0.01, 100], default 1. */
  exposure?: number
  /** How sure that is: standard deviation of its logarithm; 0: it is known: [0, 3], default 0.3. */
  exposureSigma?: number
  /** Share of the light that the surface mirrors into the colour, before exposure: [0, 0.2], default 0. */
  surface?: number
}

export interface Tone {
  /** Individual typology angle: deg [-180, 180], default 0. */
  itaDeg?: number
  /** Class of the angle; default very-light. */
  itaClass?: 'very-light' | 'light' | 'intermediate' | 'tan' | 'brown' | 'dark'
  /** Phototype by the class, naive: [0, 6], default 0. */
  fitzpatrick?: number
  /** Nearest swatch of the Monk scale: [0, 10], default 0. */
  monk?: number
  /** Distance to that swatch: dE00 [0, 1000], default 0. */
  monkDistance?: number
}

export interface Landmarks {
  /** u and v of glabella, left and right eye, left and right tragus, nose base and chin: px [-1000000, 1000000], default 0. */
  uvPx?: number[]
  /** Of each landmark: 0 is not given, 1 is seen: [0, 1], default 0. */
  visibility?: number[]
  /** One standard deviation of each coordinate; 0: 1 % of the widest distance: px [0, 1000], default 0. */
  noisePx?: number
  /** How much of the spread among people to allow for; 0: this very head was measured: [0, 3], default 1. */
  spread?: number
  /** From the camera to the head; 0: far, or from focal_px: mm [0, 10000000], default 0. */
  distanceMm?: number
  /** Focal length; 0: not known: px [0, 10000000], default 0. */
  focalPx?: number
  /** The scale at the head's middle; 0: not known: px/mm [0, 1000], default 0. */
  pxPerMm?: number
  /** Longest diameter of an iris; 0: not known: px [0, 100000], default 0. */
  irisPx?: number
  /** Distance between the pupils; 0: not known: px [0, 100000], default 0. */
  pupilsPx?: number
  /** About how it is turned: deg [-360, 360], default 0. */
  hintYawDeg?: number
  /** About how it is turned: deg [-360, 360], default 0. */
  hintPitchDeg?: number
  /** About how it is turned: deg [-360, 360], default 0. */
  hintRollDeg?: number
  /** How sure the hint is, one standard deviation; 0: there is none: deg [0, 180], default 0. */
  hintSigmaDeg?: number
}

export interface CameraFit {
  /** How many points: [0, 64], default 0. */
  used?: number
  /** One standard deviation of a turn about the picture's right, its up, the view: deg [0, 180], default 0. */
  sigmaDeg?: [number, number, number]
  /** Of the distances that are left: px [0, 1000000], default 0. */
  rmsPx?: number
  /** The same over what noise and spread explain: [0, 1000000], default 0. */
  misfit?: number
  /** How much larger the head looks than the one given: [0, 10], default 1. */
  headScale?: number
  /** One standard deviation of that: [0, 10], default 0. */
  headScaleSigma?: number
  /** How far each landmark is off: px [0, 1000000], default 0. */
  offPx?: number[]
}

export interface DepthDesc {
  /** Where the grid's top left corner falls in the photo: px [-1000000, 1000000], default 0. */
  originPx?: [number, number]
  /** Pixels of the photo from one cell to the next: px [0.001, 1000], default 1. */
  pxPerCell?: number
  /** Focal length; 0: seen from far away: px [0, 10000000], default 0. */
  focalPx?: number
  /** The pixel that the camera looks at; 0, 0: the grid's middle: px [-1000000, 1000000], default 0. */
  principalPx?: [number, number]
  /** The scale, of what is seen from far away: px/mm [0, 1000], default 0. */
  pxPerMm?: number
  /** About how it is turned: deg [-360, 360], default 0. */
  hintYawDeg?: number
  /** About how it is turned: deg [-360, 360], default 0. */
  hintPitchDeg?: number
  /** About how it is turned: deg [-360, 360], default 0. */
  hintRollDeg?: number
  /** How sure the hint is, one standard deviation: deg [1, 90], default 25. */
  hintSigmaDeg?: number
}

export interface ZoneDesc {
  /** What the zone is; default treat. */
  kind?: 'treat' | 'exclude' | 'scar_strip' | 'scar_dots' | 'scar_patch'
  /** Density over full density: [0, 1], default 1. */
  densityScale?: number
  /** Times the plan's dose: [0, 4], default 1. */
  doseScale?: number
  /** Width of the soft edge, half of it inside: mm [0, 40], default 4. */
  fadeMm?: number
  /** Width of a strip: mm [0.5, 60], default 8. */
  widthMm?: number
  /** Round scars per square centimetre: 1/cm2 [0.1, 60], default 15. */
  dotsPerCm2?: number
  /** Diameter of round scars: mm [0.2, 4], default 0.9. */
  dotMm?: number
  /** Which sessions treat the zone, as bits: 1 is the first: [0, 4294967295], default 4294967295. */
  sessions?: number
  /** Of pigment over that of normal skin; 0 is 1, in scars 0.8: [0, 2], default 0. */
  uptake?: number
  /** Of a dot over that in normal skin; 0 is 1, in scars 1.3: [0, 5], default 0. */
  spread?: number
  /** Pace of loss over that of normal skin; 0 is 1, in scars 2: [0, 10], default 0. */
  fade?: number
  /** Of scar skin less that around it; 0 is as photographed: L* [-30, 30], default 0. */
  lightness?: number
  /** Of scar skin less that around it; 0 is as photographed: a* [-20, 20], default 0. */
  redness?: number
}

export interface PatternDesc {
  /** Which hair is left; what is missing is treated; default none. */
  pattern?: 'none' | 'norwood_1' | 'norwood_2' | 'norwood_2a' | 'norwood_3' | 'norwood_3a' | 'norwood_3v' | 'norwood_4' | 'norwood_4a' | 'norwood_5' | 'norwood_5a' | 'norwood_6' | 'norwood_7' | 'ludwig_1' | 'ludwig_2' | 'ludwig_3' | 'patches' | 'total'
  /** Hairs where none is lost: 1/cm2 [1, 400], default 140. */
  hairPerCm2?: number
  /** Least share of full density where hair is, so that pigment runs in under it: [0, 1], default 0. */
  blend?: number
  /** Over which hair thins out at the border of the loss: mm [1, 60], default 14. */
  edgeMm?: number
  /** Further or less far along than the type: [-1, 1], default 0. */
  progress?: number
  /** The crown's whorl left of the midline: mm [-60, 60], default 0. */
  whorlLeftMm?: number
  /** The whorl behind the highest point, along the skin: mm [-20, 120], default 55. */
  whorlBackMm?: number
  /** How the whorl turns, seen from above; default clockwise. */
  whorl?: 'clockwise' | 'anticlockwise'
  /** How much dots follow the whorl: [0, 1], default 0. */
  whorlStrength?: number
  /** Number of bald patches: [1, 40], default 6. */
  patchCount?: number
  /** Their mean diameter: mm [5, 80], default 28. */
  patchMm?: number
}

export interface EventDesc {
  /** What happens; default touch_up. */
  kind?: 'touch_up' | 'laser'
  /** Days since the first session: days [0, 36500], default 1461. */
  day?: number
  /** Touch-up: new dots, times the density there: [0, 1], default 0.3. */
  share?: number
  /** Touch-up: times the plan's dose: [0, 4], default 1. */
  doseScale?: number
  /** Where, as bits: 1 is outside all zones, 2 zone 1, 4 zone 2 and so on: [0, 4294967295], default 4294967295. */
  zones?: number
  /** Laser: share of the pigment there that goes: [0, 1], default 0.5. */
  strength?: number
  /** Touch-up: width of the needle's tip; 0 is the plan's diameter: mm [0, 1], default 0. */
  needleMm?: number
  /** Touch-up: how deep the needle goes; 0 is the plan's top and height: mm [0, 3], default 0. */
  depthMm?: number
  /** Touch-up: a new height of the hairline, from 40 on; 0 leaves it: mm [0, 130], default 0. */
  hairlineHeightMm?: number
  /** Touch-up: a new softness of the hairline, from 1 on; 0 leaves it: mm [0, 30], default 0. */
  hairlineSoftnessMm?: number
  /** Touch-up: a new style of the hairline; default same. */
  hairlineStyle?: 'same' | 'natural' | 'straight' | 'widows_peak' | 'mature' | 'none' | 'female'
}

export interface LifeDesc {
  /** Fitzpatrick; 0 is as the photo says, else 3: [0, 6], default 0. */
  skinType?: number
  /** 0 is dry, 1 oily: [0, 1], default 0.5. */
  oiliness?: number
  /** Sun on the scalp: h [0, 16], default 1. */
  sunHoursPerDay?: number
  /** Share of those hours with it: [0, 1], default 0.3. */
  sunscreen?: number
  /** 0 is never, 1 daily: [0, 1], default 0.25. */
  exfoliation?: number
  /** How much the body clears pigment; 0.5 is average: [0, 1], default 0.5. */
  immune?: number
  /** 0 is typical, 1 is sweat, chlorine and smoke: [-1, 1], default 0. */
  lifestyle?: number
  /** What none of these explains, in standard deviations: [-3, 3], default 0. */
  variation?: number
  /** Growth of stubble: mm [0, 1], default 0.35. */
  hairGrowthMmPerDay?: number
  /** Since the last shave, on the day that is shown: days [0, 365], default 0. */
  daysUnshaved?: number
  /** How tanned the skin is at midsummer: [0, 1], default 0. */
  tan?: number
  /** Draws a person's variation; 0 is none: [0, 4294967295], default 0. */
  person?: number
  /** The first midsummer after the first session: days [0, 366], default 90. */
  midsummerDay?: number
  /** Share of the lost hair that comes back within two years: [0, 1], default 0. */
  regrowth?: number
  /** Thickness of a hair: mm [0.02, 0.15], default 0.07. */
  hairMm?: number
  /** What a hair reflects: 0 is black, 0.05 dark brown, 0.4 fair, 0.7 white: [0, 1], default 0.04. */
  hairLight?: number
}

export interface CourseDesc {
  /** Standard deviations of personal variation that low and high lie from typical: [0, 3], default 1.28. */
  band?: number
  /** Share of the contrast of day 42 at which a touch-up is due: [0.05, 0.95], default 0.5. */
  threshold?: number
  /** Zone of the plan; 0 is outside all: [0, 31], default 0. */
  zone?: number
}

export interface Measures {
  /** Where there are to be dots: cm2 [0, 1000000000], default 0. */
  areaCm2?: number
  /** Expected number of dots: [0, 1000000000000], default 0. */
  dots?: number
  /** Dots over area: 1/cm2 [0, 1000000], default 0. */
  densityPerCm2?: number
  /** Mean distance of neighbours in a hexagonal lattice of that density: mm [0, 1000000], default 0. */
  spacingMm?: number
  /** At the chair: 14,000 dots in 3 hours: h [0, 1000000000], default 0. */
  hours?: number
  /** 14,000 dots in 2 hours: h [0, 1000000000], default 0. */
  hoursLow?: number
  /** 14,000 dots in 4 hours: h [0, 1000000000], default 0. */
  hoursHigh?: number
}

export interface HairDesc {
  /** CIE L* of a tress: [5, 90], default 20. */
  lightness?: number
  /** CIE a* of a tress: [-5, 40], default 6. */
  a?: number
  /** CIE b* of a tress: [-5, 50], default 8. */
  b?: number
  /** Hairs: 1/cm2 [0, 400], default 150. */
  densityPerCm2?: number
  /** Diameter of a shaft: mm [0.02, 0.15], default 0.07. */
  diameterMm?: number
  /** Length above the skin: mm [0, 1], default 0.1. */
  stubbleMm?: number
}

export interface RemovalDesc {
  /** Optical depth at 550 nm of a dot before the first session: [0.01, 100], default 2. */
  dose?: number
  /** Depth of the column's top: mm [0.02, 3], default 0.1. */
  topMm?: number
  /** Height of the column: mm [0.02, 3], default 0.25. */
  heightMm?: number
  /** Fitzpatrick skin type: [1, 6], default 3. */
  skinType?: number
  /** Share of an SMP dot of carbon that one session clears in skin of type III: [0.01, 0.95], default 0.5. */
  strength?: number
  /** Share that has to go: [0.05, 0.99], default 0.9. */
  clearance?: number
}

// ---- what every call may take -----------------------------------------------------------------

/** Thrown, or what a promise is rejected with: `code` is the C library's status, the message its words. */
export interface SmpError extends Error {
  code: 'SMP_ERR_ARGUMENT' | 'SMP_ERR_RANGE' | 'SMP_ERR_MEMORY' | 'SMP_ERR_UNSUPPORTED' | 'SMP_ERR_RUNNER' |
    'SMP_ERR_FORMAT' | 'SMP_ERR_LIMIT' | 'SMP_ERR_CANCELLED'
}

export interface SyncOptions {
  /** Memory, threads and kernels; by default one context of one thread for all calls. */
  context?: Context
  /** Called with the share done, 0 to 1, and a word for the stage. An error thrown by a synchronous call's stops it. */
  onProgress?: (done: number, stage: string) => void
}
export interface AsyncOptions extends SyncOptions {
  /** Cancels the call: its promise is rejected with the signal's reason. */
  signal?: AbortSignal
}

/** Memory, threads and kernels. `threads`: in all, 0 for one per processor, default 1. */
export class Context {
  constructor(options?: ContextDesc & { threads?: number })
  /** The vector kernels in use. */
  readonly isa: 'scalar' | 'v128' | 'v256' | 'v512'
  /** Bytes that the library holds now through this context. */
  readonly memory: number
  readonly peakMemory: number
}

// ---- pictures ---------------------------------------------------------------------------------

export type Format = 'gray8' | 'rgb8' | 'rgba8' | 'bgra8' | 'rgb16' | 'rgba16' | 'rgbf32' | 'rgbaf32'
export type Space = 'srgb' | 'display-p3' | 'adobe-rgb' | 'linear-srgb' | 'linear-p3'
export type Pixels = Uint8Array | Uint8ClampedArray | Uint16Array | Float32Array

/** Pixels, upright. Promises work on copies; only renderSync writes into a caller's picture. */
export interface ImageLike {
  data: Pixels
  width: number
  height: number
  format: Format
  /** Bytes from one row to the next, default tightly packed. */
  stride?: number
  alpha?: 'straight' | 'premultiplied'
  /** Default srgb, linear-srgb for float formats. */
  space?: Space
  /** Goes with the pixels into a file; never applied. */
  icc?: Uint8Array
}
export interface Image extends ImageLike {
  stride: number
  channels: 1 | 3 | 4
  alpha: 'straight' | 'premultiplied'
  space: Space
}
export interface Picture extends Image {
  kind: 'jpeg' | 'png'
  /** As stored in the file, 1 to 8; the pixels are upright already. */
  orientation: number
  /** With keepExif: the raw block. */
  exif?: Uint8Array
}
export interface FileInfo {
  kind: 'jpeg' | 'png'
  width: number
  height: number
  format: Format
  space: Space
  spaceOrigin: 'untagged' | 'icc' | 'tags' | 'assumed'
  orientation: number
  progressive: boolean
  /** Memory that decoding may hold at once, at most. */
  decodeBytes: number
}
export type Bytes = Uint8Array | ArrayBuffer | DataView
export interface Metadata {
  /** A raw Exif block; its orientation is rewritten to 1. */
  exif?: Uint8Array
  comment?: string
}

/** What a file's header says, without decoding it. */
export function readInfo(bytes: Bytes): FileInfo
export function decode(bytes: Bytes, options?: DecodeDesc & AsyncOptions): Promise<Picture>
export function decodeSync(bytes: Bytes, options?: DecodeDesc & SyncOptions): Picture
export function encode(image: ImageLike, options?: EncodeDesc & Metadata & AsyncOptions): Promise<Uint8Array>
export function encodeSync(image: ImageLike, options?: EncodeDesc & Metadata & SyncOptions): Uint8Array
/** A copy in another format or alpha kind; the colour space stays. */
export function convert(image: ImageLike, format?: Format, alpha?: 'straight' | 'premultiplied'): Image
/** What sharp's raw() and toBuffer({ resolveWithObject: true }) give, as a picture; nothing is copied. */
export function fromSharp(raw: { data: Uint8Array, info: { width: number, height: number, channels: number } }): ImageLike

// ---- cameras ----------------------------------------------------------------------------------

export type Point2 = [number, number]
export type Point3 = [number, number, number]
export type Numbers = number[] | Float32Array | Float64Array
export interface Ellipse { cxPx: number, cyPx: number, rxPx: number, ryPx: number, turnDeg?: number }
export interface Pose { yawDeg?: number, pitchDeg?: number, rollDeg?: number }

export function cameraFromScale(pxPerMm: number, originPx?: Point2): Camera
export function cameraFromEllipse(ellipse: Ellipse, head?: Head, pose?: Pose, pxPerMm?: number): Camera
export function headFromEllipse(ellipse: Ellipse, pose?: Pose, head?: Head): Head
/** The camera of the same photo after scaling, then cutting off `leftPx` and `topPx`. */
export function cameraResize(camera: Camera, factor: number, leftPx?: number, topPx?: number): Camera
/** null where the point is behind the camera. */
export function cameraProject(camera: Camera, xyzMm: Point3): Point2 | null
/** null where the ray misses the head. */
export function cameraUnproject(camera: Camera, head: Head | undefined, uvPx: Point2): { xyzMm: Point3, normal: Point3 } | null

/** u, v and, if it is not certain, how visible: 0 to 1, below 0.5 perhaps on the far side. Left and right are the head's own. */
export type Mark = [number, number] | [number, number, number]
/** Landmarks by name; scale, distance, noise and hint as in Landmarks. */
export interface NamedLandmarks extends Omit<Landmarks, 'uvPx' | 'visibility'> {
  glabella?: Mark, eyeLeft?: Mark, eyeRight?: Mark, tragusLeft?: Mark, tragusRight?: Mark, noseBase?: Mark, chin?: Mark
}
export interface FoundCamera { camera: Required<Camera>, fit: Required<CameraFit> }
export interface Grid { data: Numbers, width: number, height: number }
/** A face mesh of 468 or 478 points: numbers one behind the other, `stride` (default 3) for each point. */
export interface FaceMesh { points: Numbers, stride?: number, scalePx?: Point2 }

/** Refuses what is too little, ambiguous or contradictory, and says why. */
export function cameraFromLandmarks(landmarks: NamedLandmarks, head?: Head): FoundCamera
export function cameraFromMesh(mesh: FaceMesh, head?: Head, options?: NamedLandmarks): FoundCamera
/** Marks whose place on the head is known: three numbers and two numbers for each. */
export function cameraFromPoints(xyzMm: Numbers, uvPx: Numbers, head?: Head, options?: NamedLandmarks): FoundCamera
export function cameraFromDepth(depth: Grid, desc?: DepthDesc, head?: Head): FoundCamera
/** Normals towards the right, up and the viewer. */
export function cameraFromNormals(normals: [Grid, Grid, Grid], desc?: DepthDesc, head?: Head): FoundCamera
/** Moves a camera a little so that the head's outline meets that of the skull: two numbers for each point. */
export function cameraRefine(camera: Camera, outlinePx: Numbers, head?: Head): FoundCamera
export interface HeadView { camera: Camera, landmarks?: NamedLandmarks, outlinePx?: Numbers }
/** One head and all its cameras from several photos. ties: six numbers each: view, other view, u, v in the first, u, v in the other. */
export function headFromViews(views: HeadView[], ties?: Numbers, head?: Head): { head: Required<Head>, cameras: Required<Camera>[], fits: Required<CameraFit>[] }
export function headFromLandmarks(landmarks: NamedLandmarks, head?: Head): { head: Required<Head>, fit: Required<CameraFit> }
/** A hairline with heightMm by a published rule. landmarksMm: all of them, as measured on this person. */
export function hairlinePlace(hairline?: HairlineDesc, options?: { head?: Head, rule?: '8_cm' | 'thirds', landmarksMm?: ReturnType<typeof headLandmarks> }): Required<HairlineDesc>
export function headLandmarks(head?: Head): Record<'glabella' | 'eyeLeft' | 'eyeRight' | 'tragusLeft' | 'tragusRight' | 'noseBase' | 'chin', Point3>
export function cameraPose(camera: Camera): Required<Pose>
export interface Scale { pxPerMm: number, sigma: number }
/** Four numbers for each pair of points. */
export function scaleFromPairs(uvPx: Numbers, distanceMm: Numbers, noisePx?: number): Scale
export function scaleFromEyes(irisPx?: number, pupilsPx?: number): Scale

// ---- scalps, plans, dots, previews --------------------------------------------------------------

export interface GridMap { data: Float32Array, width: number, height: number, step: number }
export interface View { camera?: Camera, ellipse?: Ellipse, pose?: Pose, pxPerMm?: number, head?: Head, mask?: ImageLike }

/** A photo read once. Give a camera, or the ellipse round the head. */
export class Scalp {
  private constructor()
  static create(photo: ImageLike, options: View & ScalpDesc & AsyncOptions): Promise<Scalp>
  static createSync(photo: ImageLike, options: View & ScalpDesc & SyncOptions): Scalp
  readonly skin: Required<Skin>
  readonly blurPx: number
  readonly camera: Required<Camera>
  /** Noise of encoded values, standard deviation. */
  readonly grain: number
  /** What a white surface would show, linear sRGB. */
  readonly lightRgb: Float32Array
  readonly hairs: Hairs
  map(name: 'mask' | 'shine' | 'light' | 'melanin' | 'blood' | 'yellow' | 'shade' | 'blur' | 'grain' | 'hair'): GridMap
}
/** Short hairs that were found, with findHairs. */
export interface Hairs {
  count: number, areaCm2: number, perCm2: number
  typicalWidthMm: number, typicalLengthMm: number, typicalDarkness: number
  uPx: Float32Array, vPx: Float32Array, xMm: Float32Array, yMm: Float32Array, zMm: Float32Array
  lengthPx: Float32Array, widthPx: Float32Array, angleDeg: Float32Array, darkness: Float32Array
  rgb: Float32Array
}

export interface PlanOptions extends PlanDesc {
  head?: Head
  hairline?: HairlineDesc
  /** x, y, z of each point, in millimetres on the head, one behind the other. */
  hairlineCurveMm?: Numbers
  sessions?: SessionDesc[]
  pigment?: Pigment
  pattern?: PatternDesc
  /** Corners (or the middle line of a strip) in xyzMm. */
  zones?: (ZoneDesc & { xyzMm: Numbers })[]
  events?: EventDesc[]
  life?: LifeDesc
  context?: Context
}
export interface Warning { code: number, value: number, limit: number, text: string }
/** A treatment plan. JSON.stringify(plan) is the document that every language and the command line read. */
export class Plan {
  constructor(options?: PlanOptions)
  static fromJSON(document: string | object, options?: { context?: Context }): Plan
  /** conservative, typical, bold, and faults to be warned of: presets() lists them. */
  static fromPreset(name: string, options?: { context?: Context, head?: Head }): Plan
  toString(): string
  toJSON(): any
  /** Members that are left out stay as they are. */
  set(values: PlanDesc): this
  setHairline(values: HairlineDesc): this
  setHairlineCurve(xyzMm?: Numbers): this
  setSessions(sessions: SessionDesc[]): this
  readonly values: Required<PlanDesc>
  readonly head: Required<Head>
  readonly hairline: Required<HairlineDesc>
  readonly sessions: Required<SessionDesc>[]
  readonly pattern: Required<PatternDesc>
  readonly life: Required<LifeDesc>
  readonly zones: (Required<ZoneDesc> & { xyzMm: number[] })[]
  readonly events: Required<EventDesc>[]
  readonly obstacleCount: number
  /** Of the plan, or of one session. */
  pigment(session?: number): Required<Pigment>
  setPigment(pigment: Pigment | undefined, session?: number): this
  /** Of a touch-up: its own, or the plan's. */
  eventPigment(event: number): Required<Pigment>
  setEventPigment(pigment: Pigment | undefined, event: number): this
  setPattern(pattern?: PatternDesc): this
  setLife(life: LifeDesc): this
  setEvents(events: EventDesc[]): this
  /** The zone's number, from 1. */
  addZone(zone: ZoneDesc, xyzMm: Numbers): number
  setZone(number: number, zone: ZoneDesc): this
  clearZones(): this
  /** Painted density, 0 to 1, over the plan's; nothing takes it away. */
  setDensityMap(grid?: Grid): this
  setDensityPhoto(grid: Grid, camera: Camera, elsewhere?: number): this
  /** Hairs that are there: dots keep off them. */
  setObstacles(xyzMm?: Numbers, keepMm?: number): this
  /** Dots as wide and dark as hairs, once they have settled: sets diameterMm and dose. blurMm, of hairs that a
   * scalp found: sqrt(blurPx ** 2 + 0.58) / pxPerMm. */
  matchHairs(skin: Skin | undefined, hairs: { widthMm: number, darkness: number, blurMm?: number }): this
  /** Area, dots, spacing and hours; of all, or of a zone, or of a session. */
  measure(part?: { zone?: number, session?: number }): Required<Measures>
  warnings(skin?: Skin): Warning[]
  at(xyzMm: Point3): { densityPerCm2: number, hairPerCm2: number, zone: number }
  /** Dots per cm2 that the plan wants there. */
  densityAt(xyzMm: Point3): number
}
export function presets(): { name: string, about: string }[]

/** Where dots may go on a head: made once, then dots for every edit of a plan take milliseconds. */
export class Places {
  private constructor()
  static create(plan: Plan, options?: { densityPerCm2?: number } & AsyncOptions): Promise<Places>
  static createSync(plan: Plan, options?: { densityPerCm2?: number } & SyncOptions): Places
  readonly count: number
  fit(plan: Plan): boolean
}

export interface DotArrays {
  count: number
  xMm: Float32Array, yMm: Float32Array, zMm: Float32Array
  nx: Float32Array, ny: Float32Array, nz: Float32Array
  diameterMm: Float32Array, topMm: Float32Array, heightMm: Float32Array
  dose: Float32Array
  session: Uint8Array
  zone: Uint8Array
  id: Uint32Array
  group: Uint32Array
}
/** Follicle dots of a plan, as the plan was when they were made. */
export class Dots {
  private constructor()
  static create(plan: Plan, options?: { places?: Places } & AsyncOptions): Promise<Dots>
  static createSync(plan: Plan, options?: { places?: Places } & SyncOptions): Dots
  readonly arrays: DotArrays
  /** What is left of each dot on a day. */
  age(day: number): { dose: Float32Array, spreadMm: Float32Array }
  /** Pigment that is there, and the share left of each component, six for each dot. */
  left(day: number): { mass: Float32Array, left: Float32Array }
}

export interface Rect { x: number, y: number, width: number, height: number }
/** A scalp and a plan (as it was then), ready to be rendered on any day. Renders and edits of one preview wait for each other. */
export class Preview {
  private constructor()
  /** With `places` that fit the plan, in half the time. */
  static create(scalp: Scalp, plan: Plan, options?: { places?: Places } & AsyncOptions): Promise<Preview>
  static createSync(scalp: Scalp, plan: Plan, options?: { places?: Places } & SyncOptions): Preview
  /** All that any day may change. */
  readonly bounds: Rect
  readonly dots: DotArrays
  /** Another plan (as it is now) for all renders from then on, in a fraction of the time of a new preview. A life that setLife() gave stays. On an error the old plan stays. */
  setPlan(plan: Plan, options?: AsyncOptions): Promise<this>
  setPlanSync(plan: Plan, options?: SyncOptions): this
  /** Another life for all renders from now on: members that are left out are the plan's; nothing: the plan's life again. Bounds may change. */
  setLife(life?: LifeDesc): this
  /** The photo on a day since the first session; with a region, that part alone. */
  render(day: number, options?: { region?: Rect } & AsyncOptions): Promise<Image>
  /** With `out`, a picture of the photo's size and format, nothing is allocated and out is returned. */
  renderSync(day: number, options?: { region?: Rect } & SyncOptions): Image
  renderSync<T extends ImageLike>(day: number, options: { region?: Rect, out: T } & SyncOptions): T
  /** What share of the light the pigment lets through, for each channel in linear light. */
  layer(day: number, options?: { region?: Rect, format?: 'rgb16' | 'rgbf32' } & AsyncOptions): Promise<Image>
  layerSync(day: number, options?: { region?: Rect, format?: 'rgb16' | 'rgbf32' } & SyncOptions): Image
}

/** The whole way: a photo and where its head is, a plan (or its JSON), a day (default 60), to the treated photo. */
export function treat(photo: ImageLike, options: View & ScalpDesc & AsyncOptions &
  { plan?: Plan | string | object, day?: number, region?: Rect }): Promise<Image>

/** A synthetic head with everything about it known. */
export class Phantom {
  private constructor()
  static create(options?: PhantomDesc & AsyncOptions): Promise<Phantom>
  static createSync(options?: PhantomDesc & SyncOptions): Phantom
  readonly image: Image
  readonly camera: Required<Camera>
  readonly head: Required<Head>
  readonly ellipse: Required<Ellipse>
  /** x, y, z of the root, length and diameter, in millimetres, five numbers for each hair. */
  readonly hairs: Float32Array
  map(name: 'mask' | 'xMm' | 'yMm' | 'zMm' | 'shading' | 'shine' | 'melanin' | 'blood' | 'hair' | 'spot'): GridMap
}

// ---- for researchers --------------------------------------------------------------------------

export const version: string
/** The field tables: name, unit, help, type, range and default of every member of every parameter object. */
export function describe(): Record<string, Field[]>
export interface Field {
  name: string, unit: string, help: string, type: 'u32' | 'i32' | 'f32' | 'f64' | 'u64' | 'enum' | 'bool'
  count: number, min: number, max: number, initial: number | string, names?: string[]
}
export function spaceDecode(space: Space, encoded: number): number
export function spaceEncode(space: Space, linear: number): number
export function rgbToXyz(space: Space, rgbLin: Numbers): Point3
export function xyzToRgb(space: Space, xyz: Numbers): Point3
export function xyzToLab(xyz: Numbers): Point3
export function labToXyz(lab: Numbers): Point3
export function deltaE2000(lab1: Numbers, lab2: Numbers): number
export function itaDeg(lab: Numbers): number
/** Diffuse reflectance at 380, 390, ... 780 nm. */
export function skinReflectance(skin?: Skin): Float32Array
export function skinColor(skin?: Skin, space?: Space): Point3
/** The skin whose colour comes nearest; `residual` is the dE*ab that is left. */
export function skinFromRgb(rgbLin: Numbers, space?: Space): Required<Skin> & { residual: number }
/** Contrast of a dot, R, G, B for each distance. */
export function dotProfile(skin: Skin | undefined, column: Column | undefined, radiusMm: Numbers, space?: Space, pigment?: Pigment): Float32Array
/** The share of the implanted pigment that is left after so many days, on average. */
export function pigmentLeft(days: number): number

/** Absorption over that at 550 nm, and reduced scattering over it, at 380, 390, ... 780 nm. */
export function pigmentAbsorption(pigment?: Pigment): Float32Array
export function pigmentScattering(pigment?: Pigment): Float32Array
/** mg/cm2 of each component, in the order of Pigment's members. */
export function pigmentMass(pigment: Pigment | undefined, dose: number): Float32Array
export function pigmentFromMass(mgPerCm2: Numbers): { pigment: Required<Pigment>, dose: number }
export interface Layer {
  /** Default 0. */
  absorptionPerMm?: number
  /** Not reduced; default 0. */
  scatteringPerMm?: number
  /** Mean cosine, default 0.8. */
  anisotropy?: number
  /** Refractive index, default 1.4. */
  index?: number
  /** Default Infinity, for the last layer. */
  thicknessMm?: number
}
/** For each sample (wavelength) the layers from the top down, to what comes back and what goes through. */
export function layeredReflectance(samples: Layer[][], options?: LayeredDesc & { context?: Context }): { reflectance: number[], transmittance: number[] }
/** The most probable skin and exposure behind a colour. */
export function skinEstimate(rgbLin: Numbers, desc?: EstimateDesc, space?: Space): Required<Skin> & { exposure: number, residual: number }
/** Members of a skin that lie outside what was measured. */
export function skinExtrapolates(skin: Skin): ('melanin' | 'blood' | 'yellowUm' | 'scattering')[]
export function toneFromLab(lab: Numbers): Required<Tone>
export function skinHealing(skin: Skin | undefined, days: number, space?: Space): Point3
export function columnFromNeedle(needleMm: number, depthMm: number, column?: Column): Required<Column>
export interface Course {
  contrast: Float32Array, lightness: Float32Array, a: Float32Array, b: Float32Array
  coverage: Float32Array, mass: Float32Array, detail: Float32Array, redness: Float32Array
}
export interface Cases<T> { low: T, typical: T, high: T }
/** The course of a plan over days since the first session, on people who lose pigment fast, as most do, and slowly. */
export function fadeCourse(plan: Plan, days: Numbers, options?: CourseDesc & { skin?: Skin }): Cases<Course>
/** Days at which a touch-up is due. */
export function fadeDue(plan: Plan, options?: CourseDesc & { skin?: Skin }): Cases<number>
/** How many laser sessions clear that much, and what is left after each. */
export function laserSessions(desc?: RemovalDesc, pigment?: Pigment): { sessions: number, left: Float32Array }
export interface Shade { index: number, name: string, pigment: Required<Pigment>, dose: number }
export type Hair = string | (HairDesc & { name?: string })
export function shades(): Shade[]
export function shade(shade: number | string): Shade
/** Its settled colour at full density, as from a metre. */
export function shadeColor(shade: number | string, skin?: Skin, space?: Space): Point3
export function hairNames(): string[]
export function stubbleColor(hair?: Hair, skin?: Skin, space?: Space): Point3
/** Shades nearest to the stubble of such hair on such skin; default ten. */
export function shadeMatch(hair?: Hair, skin?: Skin, count?: number): { index: number, name: string, deltaE: number }[]
