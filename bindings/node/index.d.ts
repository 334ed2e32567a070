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
  /** Yellow chromophores of the dermis as beta-carotene: umol/l [-5, 50], default 1. */
  yellowUm?: number
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
}

export interface HairlineDesc {
  /** Shape of the hairline; default natural. */
  style?: 'natural' | 'straight' | 'widows_peak' | 'mature' | 'none'
  /** From the glabella up the skin to the middle of the front: mm [40, 130], default 80. */
  heightMm?: number
  /** Over which density rises from sparse to full behind the edge: mm [1, 30], default 12. */
  softnessMm?: number
  /** Density at the edge over full density: [0, 1], default 0.25. */
  edgeDensity?: number
  /** Waves and clusters of the edge; 0 is none: [0, 1], default 0.5. */
  irregularity?: number
}

export interface SessionDesc {
  /** Of the final density that is in place after this session: [0.001, 1], default 1. */
  share?: number
  /** Days since the first session: days [0, 36500], default 0. */
  day?: number
  /** Dilution: times the plan's dose: [0, 4], default 1. */
  doseScale?: number
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
  map(name: 'mask' | 'shine' | 'light'): GridMap
}

export interface PlanOptions extends PlanDesc {
  head?: Head
  hairline?: HairlineDesc
  /** x, y, z of each point, in millimetres on the head, one behind the other. */
  hairlineCurveMm?: Numbers
  sessions?: SessionDesc[]
  context?: Context
}
/** A treatment plan. JSON.stringify(plan) is the document that every language and the command line read. */
export class Plan {
  constructor(options?: PlanOptions)
  static fromJSON(document: string | object, options?: { context?: Context }): Plan
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
  /** Dots per cm2 that the plan wants there. */
  densityAt(xyzMm: Point3): number
}

export interface DotArrays {
  count: number
  xMm: Float32Array, yMm: Float32Array, zMm: Float32Array
  nx: Float32Array, ny: Float32Array, nz: Float32Array
  diameterMm: Float32Array, topMm: Float32Array, heightMm: Float32Array
  dose: Float32Array
  session: Uint8Array
  id: Uint32Array
}
/** Follicle dots of a plan, as the plan was when they were made. */
export class Dots {
  private constructor()
  static create(plan: Plan, options?: AsyncOptions): Promise<Dots>
  static createSync(plan: Plan, options?: SyncOptions): Dots
  readonly arrays: DotArrays
  /** What is left of each dot on a day. */
  age(day: number): { dose: Float32Array, spreadMm: Float32Array }
}

export interface Rect { x: number, y: number, width: number, height: number }
/** A scalp and a plan (as it was then), ready to be rendered on any day. Renders of one preview wait for each other. */
export class Preview {
  private constructor()
  static create(scalp: Scalp, plan: Plan, options?: AsyncOptions): Promise<Preview>
  static createSync(scalp: Scalp, plan: Plan, options?: SyncOptions): Preview
  /** All that any day may change. */
  readonly bounds: Rect
  readonly dots: DotArrays
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
  map(name: 'mask' | 'xMm' | 'yMm' | 'zMm' | 'shading' | 'shine' | 'melanin' | 'blood'): GridMap
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
export function dotProfile(skin: Skin | undefined, column: Column | undefined, radiusMm: Numbers, space?: Space): Float32Array
/** The share of the implanted pigment that is left after so many days, on average. */
export function pigmentLeft(days: number): number
