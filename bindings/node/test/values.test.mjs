// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Parameter objects, plans, pictures and pure functions: what goes in, what is refused and how.
import assert from 'node:assert/strict'
import test from 'node:test'
import smp from '../index.mjs'
import { head, phantom, photo, plan, preview, same } from './lib/common.mjs'

const refused = (code, words) => (error) => error.code === code && (!words || error.message.includes(words)) && error instanceof Error

test('parameter objects name what is wrong with them', () => {
  assert.throws(() => new smp.Plan({ densty: 3 }), refused('SMP_ERR_ARGUMENT', 'densty'))
  assert.throws(() => new smp.Plan({ densityPerCm2: 1e9 }), refused('SMP_ERR_RANGE', 'density_per_cm2 is 1e+09'))
  assert.throws(() => new smp.Plan({ densityPerCm2: NaN }), refused('SMP_ERR_RANGE', 'nan'))
  assert.throws(() => new smp.Plan({ densityPerCm2: '80' }), refused('SMP_ERR_ARGUMENT', 'number'))
  assert.throws(() => new smp.Plan({ seed: 1.5 }), refused('SMP_ERR_RANGE', 'whole'))
  assert.throws(() => new smp.Plan({ seed: -1 }), refused('SMP_ERR_RANGE', 'whole'))
  assert.throws(() => new smp.Plan({ hairline: { style: 'curly' } }), refused('SMP_ERR_ARGUMENT', 'natural'))
  assert.throws(() => new smp.Plan({ sessions: 'x' }), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => new smp.Plan({ hairlineCurveMm: [1, 2] }), refused('SMP_ERR_ARGUMENT', 'three'))
  assert.ok(new RangeError() instanceof Error && assert.throws(() => new smp.Plan({ dose: -1 }), RangeError) === undefined)
})

test('the defaults are those of the field tables', () => {
  for (const field of smp.describe().PlanDesc)
    if (field.type !== 'enum') assert.equal(new smp.Plan().values[field.name], Math.fround(field.initial), field.name)
})

test('a plan is one JSON document', () => {
  const own = new smp.Plan({ head, densityPerCm2: 120, hairline: { style: 'widows_peak', heightMm: 70 } })
  own.setSessions([{ share: 0.5 }, { share: 1, day: 14, doseScale: 0.8 }])
  const back = smp.Plan.fromJSON(JSON.stringify(own))
  assert.deepEqual(back.toJSON(), own.toJSON())
  assert.equal(back.toString(), own.toString())
  assert.deepEqual(back.sessions.map((s) => s.day), [0, 14])
  assert.equal(back.hairline.style, 'widows_peak')
  own.setHairline({ softnessMm: 5 })
  assert.equal(own.hairline.heightMm, 70, 'members that are left out stay')
  assert.throws(() => smp.Plan.fromJSON('{"densty": 1}'), refused('SMP_ERR_FORMAT', 'densty'))
  assert.throws(() => smp.Plan.fromJSON('{'), refused('SMP_ERR_FORMAT'))
  assert.throws(() => own.setSessions([{ share: 1 }, { share: 0.5 }]), refused('SMP_ERR_RANGE'))
  assert.equal(own.sessions.length, 2, 'a refused change leaves the plan as it was')
  assert.ok(own.densityAt([0, 131, 0]) > 50)
})

test('pictures are checked against their memory', () => {
  const small = { data: new Uint8Array(12), width: 2, height: 2, format: 'rgb8' }
  assert.ok(smp.encodeSync(small, { kind: 'png' }).length > 20)
  for (const [change, words] of [[{ width: 3 }, 'needs'], [{ height: 0 }, '0'], [{ format: 'rgb9' }, 'rgb9'],
    [{ format: undefined }, 'format'], [{ stride: 5 }, 'stride'], [{ stride: 7 }, 'needs'], [{ data: 'x' }, 'Uint8Array'],
    [{ data: new Float64Array(9) }, 'Uint8'], [{ width: 2.5 }, 'whole'], [{ width: 70000 }, ''], [{ space: 'cmyk' }, 'cmyk'],
    [{ data: new Uint8Array(new SharedArrayBuffer(12)) }, 'shared'], [{ alpha: 'half' }, 'straight']])
    assert.throws(() => smp.encodeSync({ ...small, ...change }, { kind: 'png' }), refused('SMP_ERR_ARGUMENT', words), JSON.stringify(change))
  assert.throws(() => smp.encodeSync(), refused('SMP_ERR_ARGUMENT'))
})

test('every format goes to a file and back', () => {
  const of = (format, data, channels) => ({ data, width: 3, height: 2, format, channels })
  for (const image of [of('gray8', Uint8Array.from({ length: 6 }, (_, i) => 40 * i)), of('rgb8', Uint8Array.from({ length: 18 }, (_, i) => 14 * i)),
    of('rgba8', Uint8Array.from({ length: 24 }, (_, i) => 10 * i)), of('rgb16', Uint16Array.from({ length: 18 }, (_, i) => 3640 * i)),
    of('rgba16', Uint16Array.from({ length: 24 }, (_, i) => 2730 * i))]) {
    const back = smp.decodeSync(smp.encodeSync(image, { kind: 'png' }))
    assert.equal(back.format, image.format)
    assert.ok(same(back.data, image.data), image.format)
  }
  const cut = { data: new Uint8Array(100), width: 2, height: 3, format: 'gray8', stride: 10 }
  cut.data.set([1, 2], 0); cut.data.set([3, 4], 10); cut.data.set([5, 6], 20)
  assert.deepEqual([...smp.decodeSync(smp.encodeSync(cut)).data], [1, 2, 3, 4, 5, 6])
})

test('formats are converted', () => {
  const wide = smp.convert({ data: new Uint8Array([1, 2, 3]), width: 1, height: 1, format: 'rgb8' }, 'bgra8')
  assert.deepEqual([...wide.data], [3, 2, 1, 255])
  assert.equal(smp.convert(wide, 'rgb16').data[0], 257)
  assert.throws(() => smp.convert(wide, 'rgb9'), refused('SMP_ERR_ARGUMENT', 'rgb9'))
})

test('files are read as what they are', async () => {
  const bytes = await smp.encode(photo, { kind: 'jpeg', quality: 90, comment: 'simulated' })
  const info = smp.readInfo(bytes)
  assert.deepEqual([info.kind, info.width, info.height, info.format, info.space], ['jpeg', 320, 230, 'rgb8', 'srgb'])
  assert.ok(same((await smp.decode(bytes)).data, smp.decodeSync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)).data))
  await assert.rejects(smp.decode(bytes.subarray(0, 500)), refused('SMP_ERR_FORMAT'))
  await assert.rejects(smp.decode(bytes, { maxPixels: 1000 }), refused('SMP_ERR_LIMIT'))
  await assert.rejects(smp.decode(new Uint8Array()), refused('SMP_ERR_FORMAT'))
  await assert.rejects(smp.decode(), refused('SMP_ERR_ARGUMENT'))
  const tight = new smp.Context({ memoryBudget: 10000 })
  await assert.rejects(smp.decode(bytes, { context: tight }), refused('SMP_ERR_LIMIT'))
})

test('pure functions', () => {
  assert.equal(smp.deltaE2000([50, 2.6772, -79.7751], [50, 0, -82.7485]).toFixed(4), '2.0425')
  assert.equal(smp.skinReflectance().length, 41)
  const rgb = smp.skinColor({ melanin: 0.03, blood: 0.018, yellowUm: 4 })
  const found = smp.skinFromRgb(rgb)
  assert.ok(found.residual < 0.3 && Math.abs(found.melanin - 0.03) < 0.003)
  const profile = smp.dotProfile({}, { diameterMm: 0.3 }, [0, 0.1, 1])
  assert.equal(profile.length, 9)
  assert.ok(profile[0] > profile[3] && profile[3] > profile[6])
  const red = smp.dotProfile({}, { diameterMm: 0.3 }, [0], 'srgb', { ironRed: 1, carbonCoarse: 0 })
  assert.ok(red[0] < profile[0] && red[2] > red[0])
  assert.equal(smp.pigmentLeft(0), 1)
  assert.ok(smp.itaDeg([70, 8, 15]) > 50)
  const lab = smp.xyzToLab(smp.rgbToXyz('srgb', [1, 1, 1]))
  assert.ok(Math.abs(lab[0] - 100) < 1e-3)
  assert.ok(Math.abs(smp.spaceDecode('srgb', smp.spaceEncode('srgb', 0.2)) - 0.2) < 1e-6)
  assert.ok(smp.xyzToRgb('srgb', smp.labToXyz(lab)).every((x) => Math.abs(x - 1) < 1e-4))
  const camera = smp.cameraFromEllipse({ cxPx: 160, cyPx: 115, rxPx: 60, ryPx: 92 })
  const there = smp.cameraUnproject(camera, undefined, [160, 60])
  assert.ok(Math.abs(smp.cameraProject(camera, there.xyzMm)[1] - 60) < 1e-6)
  assert.equal(smp.cameraUnproject(camera, {}, [0, 0]), null)
  assert.equal(smp.cameraResize(camera, 2).pxPerMm, 2 * camera.pxPerMm)
  assert.equal(smp.cameraFromScale(10).pxPerMm, 10)
  assert.ok(smp.headFromEllipse({ cxPx: 0, cyPx: 0, rxPx: 60, ryPx: 100 }).heightMm > 200)
  assert.throws(() => smp.fromSharp({ data: new Uint8Array(3), info: { width: 2, height: 1, channels: 3 } }), refused('SMP_ERR_ARGUMENT'))
})

test('handles cannot be forged', () => {
  assert.throws(() => smp.Preview.createSync(plan, plan), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.Preview.prototype.renderSync.call({}, 3), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.Scalp.createSync(photo, {}), refused('SMP_ERR_ARGUMENT', 'camera'))
  assert.throws(() => preview.renderSync('x'), refused('SMP_ERR_ARGUMENT'))
  assert.ok(phantom.camera.pxPerMm > 0)
})

const ring = (r) => Float64Array.from({ length: 36 }, (_, i) => {
  const turn = 2 * Math.PI * Math.floor(i / 3) / 12, x = r * Math.cos(turn), z = r * Math.sin(turn)
  return [x, 131 - (x * x + z * z) / 200, z][i % 3]
})

test('plans hold zones, patterns, events, pigment, life', () => {
  const own = new smp.Plan({ pattern: { pattern: 'norwood_4' }, events: [{ kind: 'laser', day: 2000 }, { kind: 'touch_up', day: 3000, share: 0.4 }],
    life: { oiliness: 0.9 }, pigment: { carbonFine: 1, carbonCoarse: 1 } })
  const zone = own.addZone({ kind: 'exclude' }, ring(30))
  assert.equal(zone, 1)
  assert.equal(own.at([0, 131, 0]).zone, 1)
  assert.equal(own.at([0, 131, 0]).densityPerCm2, 0)
  own.setZone(1, { kind: 'treat', densityScale: 0.5 })
  assert.equal(own.zones[0].densityScale, 0.5)
  assert.equal(own.zones[0].xyzMm.length, 36)
  assert.equal(own.pattern.pattern, 'norwood_4')
  assert.deepEqual(own.events.map((e) => e.kind), ['laser', 'touch_up'])
  assert.ok(Math.abs(own.life.oiliness - 0.9) < 1e-6)
  assert.equal(own.pigment().carbonFine, 1)
  own.setPigment({ ironRed: 1, carbonCoarse: 0 }, 1)
  assert.equal(own.pigment(1).ironRed, 1)
  assert.equal(own.pigment(0).ironRed, 0)
  own.setEvents([{ day: 1500 }])
  own.setEventPigment({ ironBlack: 0.5 }, 0)
  assert.equal(own.eventPigment(0).ironBlack, 0.5)
  assert.equal(smp.Plan.fromJSON(own.toString()).eventPigment(0).ironBlack, 0.5)
  own.setEventPigment(undefined, 0)
  assert.equal(own.eventPigment(0).ironBlack, 0)
  assert.throws(() => own.setEventPigment({}, 1), refused('SMP_ERR_ARGUMENT', 'event 1 of 1'))
  own.setObstacles(ring(40), 0.4)
  assert.equal(own.obstacleCount, 12)
  const like = smp.Plan.fromJSON(own.toString())
  like.matchHairs({ melanin: 0.02 }, { widthMm: 0.2, darkness: 0.4, blurMm: 0.06 })
  assert(like.values.diameterMm > 0.15 && like.values.diameterMm < 0.35 && like.values.dose > 0)
  assert.throws(() => like.matchHairs(undefined, { widthMm: 0.2, darkness: NaN }), refused('SMP_ERR_RANGE', 'darkness'))
  own.setDensityMap({ data: [1, 0.5, 0.5, 1], width: 2, height: 2 })
  const back = smp.Plan.fromJSON(JSON.stringify(own))
  assert.equal(back.toString(), own.toString())
  assert.equal(own.clearZones().setDensityMap().setObstacles().setPattern().zones.length, 0)
  assert.throws(() => own.addZone({}, [1, 2]), refused('SMP_ERR_ARGUMENT', 'three'))
  assert.throws(() => own.setEvents([{ day: 1 }]), refused('SMP_ERR_RANGE', 'before'))
  assert.throws(() => own.setDensityMap({ data: [1, 2, 3], width: 2, height: 2 }), refused('SMP_ERR_ARGUMENT', '2 x 2'))
})

test('plans are measured, warned of, and come ready', () => {
  const whole = plan.measure(), first = plan.measure({ session: 0 })
  assert.ok(whole.dots > 20000 && first.dots < 0.4 * whole.dots && whole.hours > 1)
  assert.ok(smp.presets().length >= 9)
  for (const { name } of smp.presets()) assert.ok(smp.Plan.fromPreset(name).measure().dots > 100, name)
  assert.ok(smp.Plan.fromPreset('helmet').warnings().length > smp.Plan.fromPreset('conservative').warnings().length)
  assert.throws(() => smp.Plan.fromPreset('perfect'), refused('SMP_ERR_ARGUMENT', 'conservative'))
})

test('places make dots for every edit', async () => {
  const places = await smp.Places.create(plan)
  const edited = smp.Plan.fromJSON(JSON.stringify(plan)).setHairline({ heightMm: 90 })
  assert.ok(places.count > 1000 && places.fit(edited) && !places.fit(new smp.Plan({ head, seed: 9 })))
  const fast = smp.Dots.createSync(edited, { places }).arrays, slow = smp.Dots.createSync(edited).arrays
  for (const name of ['xMm', 'dose', 'session', 'id', 'zone', 'group']) assert.ok(same(fast[name], slow[name]), name)
  const left = smp.Dots.createSync(edited, { places }).left(365)
  assert.equal(left.left.length, 6 * fast.count)
  assert.throws(() => smp.Dots.createSync(new smp.Plan({ head, seed: 9 }), { places }), refused('SMP_ERR_ARGUMENT'))
})

test('cameras from what is known of a face', () => {
  const on = smp.headLandmarks(head), named = {}
  assert.equal(smp.hairlinePlace().heightMm, 80)
  const measured = { ...on, chin: [on.chin[0], on.chin[1] - 6, on.chin[2]] }, thirds = { head, rule: 'thirds' }
  assert.ok(smp.hairlinePlace({}, { ...thirds, landmarksMm: measured }).heightMm > smp.hairlinePlace({}, thirds).heightMm)
  assert.equal(smp.hairlinePlace({ style: 'female' }, { head }).style, 'female')
  assert.throws(() => smp.hairlinePlace({}, { rule: 'golden' }), refused('SMP_ERR_ARGUMENT', 'thirds'))
  assert.throws(() => smp.hairlinePlace({}, { landmarksMm: { chin: [0, 0, 0] } }), refused('SMP_ERR_ARGUMENT'))
  const camera = smp.cameraFromEllipse({ cxPx: 200, cyPx: 250, rxPx: 150, ryPx: 230 }, head, { yawDeg: 20, pitchDeg: 5 })
  for (const [name, xyz] of Object.entries(on)) named[name] = smp.cameraProject(camera, xyz)
  delete named.tragusRight
  const found = smp.cameraFromLandmarks({ ...named, spread: 0 }, head)
  const pose = smp.cameraPose(found.camera)
  assert.ok(Math.abs(pose.yawDeg - 20) < 2 && Math.abs(pose.pitchDeg - 5) < 2, JSON.stringify(pose))
  assert.equal(found.fit.used, 6)
  const xyz = Object.values(on).flat(), uv = Object.values(on).flatMap((p) => smp.cameraProject(camera, p))
  assert.ok(Math.abs(smp.cameraPose(smp.cameraFromPoints(xyz, uv, head).camera).yawDeg - 20) < 1)
  assert.throws(() => smp.cameraFromLandmarks({ chin: [1, 2] }), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.cameraFromMesh({ points: new Float32Array(30) }), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.cameraFromDepth({ data: [0], width: 1, height: 1 }, { pxPerMm: 1 }), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.cameraRefine(camera, [1, 2], head), refused('SMP_ERR_ARGUMENT'))
  const flat = { data: new Float32Array(4), width: 2, height: 2 }
  assert.throws(() => smp.cameraFromNormals([flat, flat, flat]), refused('SMP_ERR_ARGUMENT'))
  assert.ok(Math.abs(smp.scaleFromEyes(117).pxPerMm - 10) < 1e-9)
  assert.ok(Math.abs(smp.scaleFromPairs([0, 0, 300, 400], [100]).pxPerMm - 5) < 1e-9)
  const side = smp.cameraFromEllipse({ cxPx: 200, cyPx: 250, rxPx: 150, ryPx: 230 }, head, { yawDeg: -60 })
  const profile = { pxPerMm: side.pxPerMm }
  for (const [name, xyz] of Object.entries(on)) profile[name] = smp.cameraProject(side, xyz)
  const views = [{ camera, landmarks: { ...named, pxPerMm: camera.pxPerMm } }, { camera: side, landmarks: profile, outlinePx: [] }]
  const tied = [0, 1, ...smp.cameraProject(camera, [50, 110, 50]), ...smp.cameraProject(side, [50, 110, 50])]
  const whole = smp.headFromViews(views, tied)
  assert.ok(Math.abs(whole.head.widthMm - 152) < 4 && Math.abs(smp.cameraPose(whole.cameras[1]).yawDeg + 60) < 2, JSON.stringify(whole.head))
  assert.equal(whole.fits[1].used, 8)
  assert.throws(() => smp.headFromViews(views, [0, 5, 1, 1, 1, 1]), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.headFromViews(views, [0, 5, 1]), refused('SMP_ERR_ARGUMENT'))
  assert.throws(() => smp.headFromViews([]), refused('SMP_ERR_ARGUMENT'))
  assert.ok(smp.headFromLandmarks(named, head).head.heightMm > 150)
})

test('science', () => {
  const { reflectance, transmittance } = smp.layeredReflectance([[{ scatteringPerMm: 9, anisotropy: 0.75, index: 1, thicknessMm: 0.2, absorptionPerMm: 1 }]])
  assert.ok(Math.abs(reflectance[0] - 0.09739) < 1e-4 && Math.abs(transmittance[0] - 0.66096) < 1e-4)
  assert.throws(() => smp.layeredReflectance([[{}], []]), refused('SMP_ERR_ARGUMENT'))
  assert.equal(smp.pigmentAbsorption({ ironRed: 1, carbonCoarse: 0 })[17], 1)
  assert.equal(smp.pigmentScattering({ titania: 1 }).length, 41)
  const mass = smp.pigmentMass({}, 2), back = smp.pigmentFromMass(mass)
  assert.ok(Math.abs(back.dose - 2) < 1e-4 && back.pigment.carbonCoarse > 0.99)
  assert.equal(smp.toneFromLab([70, 8, 15]).fitzpatrick <= 2, true)
  assert.deepEqual(smp.skinExtrapolates({ melanin: 0.3 }), ['melanin'])
  assert.ok(smp.skinEstimate(smp.skinColor()).exposure > 0.5)
  assert.ok(smp.skinHealing({}, 0)[1] < smp.skinHealing({}, 20)[1])
  assert.ok(smp.columnFromNeedle(0.25, 0.5).heightMm > 0.2)
  const course = smp.fadeCourse(plan, [42, 400, 2000]), due = smp.fadeDue(plan)
  assert.ok(course.typical.contrast[0] > course.typical.contrast[2] && course.low.mass[2] < course.high.mass[2])
  assert.ok(due.low < due.typical && due.typical < due.high)
})

test('removal', () => {
  const { sessions, left } = smp.laserSessions()
  assert.ok(sessions >= 1 && sessions <= 6)
  assert.ok(left.every((x, i) => i === 0 || x <= left[i - 1]))
})

test('shades', () => {
  assert.ok(smp.shades().length >= 300)
  const [best, next] = smp.shadeMatch('black', { melanin: 0.03 }, 2)
  assert.ok(best.deltaE <= next.deltaE)
  assert.equal(smp.shade(best.name).index, best.index)
  assert.ok(smp.shadeColor(best.name, { melanin: 0.03 })[0] < smp.skinColor({ melanin: 0.03 })[0])
  assert.ok(smp.stubbleColor({ name: 'black', densityPerCm2: 200 })[0] < smp.skinColor()[0])
  assert.ok(smp.hairNames().includes('black'))
  assert.throws(() => smp.shade('no such'), refused('SMP_ERR_ARGUMENT', 'no such'))
  assert.throws(() => smp.shadeMatch('green'), refused('SMP_ERR_ARGUMENT'))
})
