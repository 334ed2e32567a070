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
  map(name) { return native.scalpMap(own(this, 'Scalp'), name) }
}

// ---- plans -----------------------------------------------------------------------------------

class Plan {
  constructor({ context, head, hairline, hairlineCurveMm, sessions, ...desc } = {}) {
    keep(this, native.plan(contextOf(context), head, desc))
    if (hairline) this.setHairline(hairline)
    if (hairlineCurveMm) this.setHairlineCurve(hairlineCurveMm)
    if (sessions) this.setSessions(sessions)
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
  densityAt(xyzMm) { return native.planDensity(own(this, 'Plan'), xyzMm) }
}

// ---- dots ------------------------------------------------------------------------------------

class Dots {
  static async create(plan, options) {
    const [run] = split(options)
    return keep(new Dots(), await start(jobs.dots, run, [own(plan, 'Plan')]))
  }
  static createSync(plan, options) {
    const [run] = split(options)
    return keep(new Dots(), now(jobs.dots, run, [own(plan, 'Plan')]))
  }
  get arrays() { return native.dotsArrays(own(this, 'Dots'), 0) }
  age(day) { return native.dotsAge(own(this, 'Dots'), day) }
}

// ---- previews --------------------------------------------------------------------------------

class Preview {
  #last = Promise.resolve()
  static async create(scalp, plan, options) {
    const [run] = split(options)
    return keep(new Preview(), await start(jobs.preview, run, [own(scalp, 'Scalp'), own(plan, 'Plan')]))
  }
  static createSync(scalp, plan, options) {
    const [run] = split(options)
    return keep(new Preview(), now(jobs.preview, run, [own(scalp, 'Scalp'), own(plan, 'Plan')]))
  }
  get bounds() { return native.previewBounds(own(this, 'Preview')) }
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

const pure = {}
for (const name of ['spaceDecode', 'spaceEncode', 'rgbToXyz', 'xyzToRgb', 'xyzToLab', 'labToXyz', 'deltaE2000', 'itaDeg',
  'skinReflectance', 'skinColor', 'skinFromRgb', 'dotProfile', 'pigmentLeft', 'cameraFromScale', 'cameraFromEllipse',
  'headFromEllipse', 'cameraResize', 'cameraProject', 'cameraUnproject', 'readInfo', 'convert']) pure[name] = native[name]

module.exports = {
  version: native.version(), describe: native.describe, Context, decode, decodeSync, encode, encodeSync, Scalp, Plan, Dots, Preview, Phantom, treat, fromSharp, ...pure,
}
