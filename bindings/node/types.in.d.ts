// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Types of libsmp for Node. Parameter objects come from the library's field tables (types.mjs); everything else is written
// in types.in.d.ts. Every member of a parameter object may be left out: the default is named beside it.

// ---- parameter objects ------------------------------------------------------------------------

// <tables>

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
