// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// libsmp for Node: scalp micropigmentation previews. Thin classes over the addon; types and words in index.d.ts.
'use strict'

const native = require('./loader.cjs')
const { jobs } = native
const handles = new WeakMap()
const own = (object, what) => {
  const handle = handles.get(object)
  if (handle === undefined) throw Object.assign(new TypeError(`${what} is not ${/^[AEIOU]/.test(what) ? 'an' : 'a'} ${what} of libsmp`), { code: 'SMP_ERR_ARGUMENT' })
  return handle
}
const keep = (object, handle) => {
  handles.set(object, handle)
  return object
}

// ---- contexts and jobs -----------------------------------------------------------------------

class Context {
  constructor({ threads = 1, ...desc } = {}) {
    keep(this, native.context(desc, threads))
  }
  get isa() { return native.contextInfo(own(this, 'Context')).isa }
  get memory() { return native.contextInfo(own(this, 'Context')).memory }
  get peakMemory() { return native.contextInfo(own(this, 'Context')).peak }
}

let shared
const contextOf = (context) => own(context ?? (shared ??= new Context()), 'Context')

// Splits what every call takes from what is the call's own.
const split = (options = {}) => {
  const { signal, onProgress, context, ...rest } = options ?? {}
  return [{ signal, onProgress, context }, rest]
}

function now(job, { onProgress, context }, args) {
  return native.now(job, contextOf(context), undefined, onProgress, args)
}

function abort(signal) {
  return signal.reason ?? Object.assign(new Error('cancelled'), { name: 'AbortError', code: 'SMP_ERR_CANCELLED' })
}

// Every mistake of an asynchronous call comes as a rejected promise.
async function start(job, { signal, onProgress, context }, args) {
  if (!signal) return native.start(job, contextOf(context), undefined, onProgress, args)
  if (signal.aborted) throw abort(signal)
  const token = native.token()
  const stop = () => native.cancel(token)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await native.start(job, contextOf(context), token, onProgress, args)
  } catch (error) {
    throw signal.aborted && error.code === 'SMP_ERR_CANCELLED' ? abort(signal) : error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

// ---- files -----------------------------------------------------------------------------------

async function decode(bytes, options) {
  const [run, desc] = split(options)
  return start(jobs.decode, run, [bytes, desc])
}

function decodeSync(bytes, options) {
  const [run, desc] = split(options)
  return now(jobs.decode, run, [bytes, desc])
}

const encodeArgs = (image, { exif, comment, ...desc }) => [image, desc, { exif, comment }]

async function encode(image, options) {
  const [run, desc] = split(options)
  return start(jobs.encode, run, encodeArgs(image, desc))
}

function encodeSync(image, options) {
  const [run, desc] = split(options)
  return now(jobs.encode, run, encodeArgs(image, desc))
}

// ---- scalps ----------------------------------------------------------------------------------

const scalpArgs = (photo, { camera, ellipse, pose, pxPerMm, head, mask, ...desc }) => {
  if (!camera && ellipse) camera = native.cameraFromEllipse(ellipse, head, pose, pxPerMm)
  return [photo, camera, head, mask, desc]
}

class Scalp {
  static async create(photo, options) {
    const [run, desc] = split(options)
    return keep(new Scalp(), await start(jobs.scalp, run, scalpArgs(photo, desc)))
  }
  static createSync(photo, options) {
    const [run, desc] = split(options)
    return keep(new Scalp(), now(jobs.scalp, run, scalpArgs(photo, desc)))
  }
  get skin() { return native.scalpInfo(own(this, 'Scalp')).skin }
  get blurPx() { return native.scalpInfo(own(this, 'Scalp')).blurPx }
  get camera() { return native.scalpInfo(own(this, 'Scalp')).camera }
  get grain() { return native.scalpInfo(own(this, 'Scalp')).grain }
  get lightRgb() { return native.scalpInfo(own(this, 'Scalp')).lightRgb }
  get hairs() { return native.scalpHairs(own(this, 'Scalp')) }
  map(name) { return native.scalpMap(own(this, 'Scalp'), name) }
}

// ---- plans -----------------------------------------------------------------------------------

class Plan {
  constructor({ context, head, hairline, hairlineCurveMm, sessions, pigment, pattern, zones, events, life, ...desc } = {}) {
    keep(this, native.plan(contextOf(context), head, desc))
    if (hairline) this.setHairline(hairline)
    if (hairlineCurveMm) this.setHairlineCurve(hairlineCurveMm)
    if (sessions) this.setSessions(sessions)
    if (pigment) this.setPigment(pigment)
    if (pattern) this.setPattern(pattern)
    for (const { xyzMm, ...zone } of zones ?? []) this.addZone(zone, xyzMm)
    if (events) this.setEvents(events)
    if (life) this.setLife(life)
  }
  static fromPreset(name, { context, head } = {}) {
    return keep(Object.create(Plan.prototype), native.planFromPreset(contextOf(context), name, head))
  }
  static fromJSON(document, { context } = {}) {
    const text = typeof document === 'string' ? document : JSON.stringify(document)
    return keep(Object.create(Plan.prototype), native.planFromJson(contextOf(context), text))
  }
  toString() { return native.planToJson(own(this, 'Plan')) }
  toJSON() { return JSON.parse(this.toString()) }
  set(desc) { native.planSet(own(this, 'Plan'), desc); return this }
  setHairline(desc) { native.planSetHairline(own(this, 'Plan'), desc); return this }
  setHairlineCurve(xyzMm) { native.planSetCurve(own(this, 'Plan'), xyzMm); return this }
  setSessions(list) { native.planSetSessions(own(this, 'Plan'), list); return this }
  get values() { return native.planGet(own(this, 'Plan')).plan }
  get head() { return native.planGet(own(this, 'Plan')).head }
  get hairline() { return native.planGet(own(this, 'Plan')).hairline }
  get sessions() { return native.planGet(own(this, 'Plan')).sessions }
  get pattern() { return native.planMore(own(this, 'Plan')).pattern }
  get life() { return native.planMore(own(this, 'Plan')).life }
  get zones() { return native.planMore(own(this, 'Plan')).zones }
  get events() { return native.planMore(own(this, 'Plan')).events }
  get obstacleCount() { return native.planMore(own(this, 'Plan')).obstacles }
  pigment(session) { return native.planGetPigment(own(this, 'Plan'), session) }
  setPigment(pigment, session) { native.planSetPigment(own(this, 'Plan'), pigment, session); return this }
  eventPigment(event) { return native.planGetEventPigment(own(this, 'Plan'), event) }
  setEventPigment(pigment, event) { native.planSetEventPigment(own(this, 'Plan'), pigment, event); return this }
  setPattern(desc) { native.planSetPattern(own(this, 'Plan'), desc); return this }
  setLife(desc) { native.planSetLife(own(this, 'Plan'), desc); return this }
  setEvents(list) { native.planSetEvents(own(this, 'Plan'), list); return this }
  addZone(desc, xyzMm) { return native.planAddZone(own(this, 'Plan'), desc, xyzMm) }
  setZone(number, desc) { native.planSetZone(own(this, 'Plan'), number, desc); return this }
  clearZones() { native.planClearZones(own(this, 'Plan')); return this }
  setDensityMap(grid) { native.planSetDensity(own(this, 'Plan'), grid); return this }
  setDensityPhoto(grid, camera, elsewhere = 0) { native.planSetDensity(own(this, 'Plan'), grid, camera, elsewhere); return this }
  setObstacles(xyzMm, keepMm) { native.planSetObstacles(own(this, 'Plan'), xyzMm, keepMm); return this }
  matchHairs(skin, { widthMm, darkness, blurMm = 0 }) { native.planMatchHairs(own(this, 'Plan'), skin, widthMm, darkness, blurMm); return this }
  measure({ zone, session } = {}) { return native.planMeasure(own(this, 'Plan'), zone, session) }
  warnings(skin) { return native.planWarnings(own(this, 'Plan'), skin) }
  at(xyzMm) { return native.planPlace(own(this, 'Plan'), xyzMm) }
  densityAt(xyzMm) { return native.planDensity(own(this, 'Plan'), xyzMm) }
}

// Where dots may go on a head: made once, then every edit of a plan takes milliseconds.
class Places {
  static async create(plan, options) {
    const [run, { densityPerCm2 }] = split(options)
    return keep(new Places(), await start(jobs.places, run, [own(plan, 'Plan'), densityPerCm2]))
  }
  static createSync(plan, options) {
    const [run, { densityPerCm2 }] = split(options)
    return keep(new Places(), now(jobs.places, run, [own(plan, 'Plan'), densityPerCm2]))
  }
  get count() { return native.placesInfo(own(this, 'Places')).count }
  fit(plan) { return native.placesInfo(own(this, 'Places'), own(plan, 'Plan')).fits }
}

// ---- dots ------------------------------------------------------------------------------------

class Dots {
  static async create(plan, options) {
    const [run, { places }] = split(options)
    return keep(new Dots(), await start(jobs.dots, run, [own(plan, 'Plan'), places && own(places, 'Places')]))
  }
  static createSync(plan, options) {
    const [run, { places }] = split(options)
    return keep(new Dots(), now(jobs.dots, run, [own(plan, 'Plan'), places && own(places, 'Places')]))
  }
  get arrays() { return native.dotsArrays(own(this, 'Dots'), 0) }
  age(day) { return native.dotsAge(own(this, 'Dots'), day) }
  left(day) { return native.dotsLeft(own(this, 'Dots'), day) }
}

// ---- previews --------------------------------------------------------------------------------

const previewArgs = (scalp, plan, places) => [own(scalp, 'Scalp'), own(plan, 'Plan'), places && own(places, 'Places')]

class Preview {
  #last = Promise.resolve()
  #life // the plan's
  static async create(scalp, plan, options) {
    const [run, { places }] = split(options)
    const preview = new Preview()
    preview.#life = native.planMore(own(plan, 'Plan')).life
    return keep(preview, await start(jobs.preview, run, previewArgs(scalp, plan, places)))
  }
  static createSync(scalp, plan, options) {
    const [run, { places }] = split(options)
    const preview = keep(new Preview(), now(jobs.preview, run, previewArgs(scalp, plan, places)))
    preview.#life = plan.life
    return preview
  }
  async setPlan(plan, options) {
    const [run] = split(options)
    const { life } = native.planMore(own(plan, 'Plan'))
    // a plan that changes while this waits its turn is taken as it was now
    await this.#queue(jobs.edit, run, [own(this, 'Preview'), native.planCopy(own(plan, 'Plan'))])
    this.#life = life
    return this
  }
  setPlanSync(plan, options) {
    const [run] = split(options)
    now(jobs.edit, run, [own(this, 'Preview'), own(plan, 'Plan')])
    this.#life = plan.life
    return this
  }
  get bounds() { return native.previewBounds(own(this, 'Preview')) }
  setLife(life) {
    native.previewSetLife(own(this, 'Preview'), life && { ...this.#life, ...life })
    return this
  }
  get dots() { return native.dotsArrays(own(this, 'Preview'), 1) }
  // One render at a time; the next one waits its turn.
  async #queue(job, run, args) {
    const turn = this.#last.then(() => start(job, run, args))
    this.#last = turn.catch(() => {})
    return turn
  }
  async render(day, options) {
    const [run, { region }] = split(options)
    return this.#queue(jobs.render, run, [own(this, 'Preview'), day, region])
  }
  renderSync(day, options) {
    const [run, { region, out }] = split(options)
    return now(jobs.render, run, [own(this, 'Preview'), day, region, out])
  }
  async layer(day, options) {
    const [run, { region, format }] = split(options)
    return this.#queue(jobs.layer, run, [own(this, 'Preview'), day, region, format])
  }
  layerSync(day, options) {
    const [run, { region, format }] = split(options)
    return now(jobs.layer, run, [own(this, 'Preview'), day, region, format])
  }
}

// ---- phantoms --------------------------------------------------------------------------------

class Phantom {
  static async create(options) {
    const [run, desc] = split(options)
    return keep(new Phantom(), await start(jobs.phantom, run, [desc]))
  }
  static createSync(options) {
    const [run, desc] = split(options)
    return keep(new Phantom(), now(jobs.phantom, run, [desc]))
  }
  get image() { return native.phantomImage(own(this, 'Phantom')) }
  get camera() { return native.phantomInfo(own(this, 'Phantom')).camera }
  get head() { return native.phantomInfo(own(this, 'Phantom')).head }
  get ellipse() { return native.phantomInfo(own(this, 'Phantom')).ellipse }
  get hairs() { return native.phantomInfo(own(this, 'Phantom')).hairs }
  map(name) { return native.phantomMap(own(this, 'Phantom'), name) }
}

// ---- the whole way in one call ---------------------------------------------------------------

// photo and plan to the treated picture on a day.
async function treat(photo, { plan = new Plan(), day = 60, region, signal, onProgress, context, ...options } = {}) {
  const run = { signal, context }
  const part = (from, to) => onProgress && ((done, stage) => onProgress(from + (to - from) * done, stage))
  const head = options.head ?? (plan instanceof Plan ? plan.head : undefined)
  const known = plan instanceof Plan ? plan : Plan.fromJSON(plan, { context })
  const scalp = await Scalp.create(photo, { ...options, head: head ?? known.head, ...run, onProgress: part(0, 0.2) })
  const preview = await Preview.create(scalp, known, { ...run, onProgress: part(0.2, 0.8) })
  return preview.render(day, { region, ...run, onProgress: part(0.8, 1) })
}

// What sharp(...).raw().toBuffer({ resolveWithObject: true }) gives, as a picture.
function fromSharp({ data, info }) {
  const format = { 1: 'gray8', 3: 'rgb8', 4: 'rgba8' }[info.channels]
  if (!format || data.length !== info.width * info.height * info.channels)
    throw Object.assign(new TypeError(`a raw picture of ${info.channels} channels and ${data.length} bytes is not one of 8 bits with 1, 3 or 4 channels`), { code: 'SMP_ERR_ARGUMENT' })
  return { data, width: info.width, height: info.height, format }
}

// Landmarks by name to what the addon reads: { glabella: [u, v], eyeLeft: [u, v, visibility], ..., pxPerMm, hintYawDeg, ... }
const landmarkNames = ['glabella', 'eyeLeft', 'eyeRight', 'tragusLeft', 'tragusRight', 'noseBase', 'chin']
function landmarks(named = {}) {
  const uvPx = [], visibility = [], rest = { ...named }
  for (const name of landmarkNames) {
    const point = rest[name]
    delete rest[name]
    uvPx.push(point?.[0] ?? 0, point?.[1] ?? 0)
    visibility.push(point ? point[2] ?? 1 : 0)
  }
  return { uvPx, visibility, ...rest }
}
const cameraFromLandmarks = (named, head) => native.cameraFromLandmarks(landmarks(named), head)
const headFromViews = (views, ties, head) => native.headFromViews(
  views.map((view) => view.landmarks ? { ...view, landmarks: landmarks(view.landmarks) } : view), ties, head)
const headFromLandmarks = (named, head) => native.headFromLandmarks(landmarks(named), head)
const cameraFromMesh = (mesh, head, options) => native.cameraFromMesh(mesh, head, options && landmarks(options))
const cameraFromPoints = (xyzMm, uvPx, head, options) => native.cameraFromPoints(xyzMm, uvPx, head, options && landmarks(options))
const hairlineRules = ['8_cm', 'thirds']
function hairlinePlace(hairline, { head, rule = '8_cm', landmarksMm } = {}) {
  const index = hairlineRules.indexOf(rule)
  if (index < 0) throw Object.assign(new TypeError(`rule is ${JSON.stringify(rule)}, want one of ${hairlineRules.join(', ')}`), { code: 'SMP_ERR_ARGUMENT' })
  return native.hairlinePlace(hairline, head, index, landmarksMm && landmarkNames.flatMap((name) => [...(landmarksMm[name] ?? [])]))
}
function headLandmarks(head) {
  const found = native.headLandmarks(head)
  return Object.fromEntries(Object.values(found).map((xyz, i) => [landmarkNames[i], xyz]))
}

const layeredReflectance = (layers, { context, ...desc } = {}) => native.layeredReflectance(contextOf(context), layers, desc)
const fadeCourse = (plan, days, { skin, ...desc } = {}) => native.fadeCourse(own(plan, 'Plan'), skin, desc, days)
const fadeDue = (plan, { skin, ...desc } = {}) => native.fadeDue(own(plan, 'Plan'), skin, desc)

// Hair as fields, as a name, or as a name with fields over it.
function hairOf(hair = {}) {
  if (typeof hair === 'string') return native.hairNamed(hair)
  const { name, ...fields } = hair
  return native.hairNamed(name, fields)
}
const stubbleColor = (hair, skin, space) => native.stubbleColor(hairOf(hair), skin, space)
const shadeMatch = (hair, skin, count) => native.shadeMatch(hairOf(hair), skin, count)
const shades = () => Array.from({ length: native.shadeCount() }, (_, i) => native.shade(i))

const pure = { cameraFromLandmarks, headFromLandmarks, headFromViews, cameraFromMesh, cameraFromPoints, headLandmarks, hairlinePlace, layeredReflectance, fadeCourse, fadeDue,
  stubbleColor, shadeMatch, shades }
for (const name of ['spaceDecode', 'spaceEncode', 'rgbToXyz', 'xyzToRgb', 'xyzToLab', 'labToXyz', 'deltaE2000', 'itaDeg',
  'skinReflectance', 'skinColor', 'skinFromRgb', 'dotProfile', 'pigmentLeft', 'cameraFromScale', 'cameraFromEllipse',
  'headFromEllipse', 'cameraResize', 'cameraProject', 'cameraUnproject', 'readInfo', 'convert', 'cameraFromDepth', 'cameraFromNormals', 'cameraRefine', 'scaleFromPairs', 'scaleFromEyes',
  'cameraPose', 'pigmentAbsorption', 'pigmentScattering', 'pigmentMass', 'pigmentFromMass', 'skinEstimate', 'skinExtrapolates', 'toneFromLab',
  'skinHealing', 'laserSessions', 'columnFromNeedle', 'shade', 'shadeColor', 'hairNames', 'presets']) pure[name] = native[name]

module.exports = {
  version: native.version(), describe: native.describe, Context, decode, decodeSync, encode, encodeSync, Scalp, Plan, Places, Dots, Preview, Phantom, treat, fromSharp, ...pure,
}
