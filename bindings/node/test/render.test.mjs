// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// From a photo to the treated photo, at once and as promises.
import assert from 'node:assert/strict'
import test from 'node:test'
import smp from '../index.mjs'
import { copy, head, phantom, photo, plan, preview, same, scalp } from './lib/common.mjs'

test('a render changes the scalp and nothing else', () => {
  const out = preview.renderSync(60)
  const { x, y, width, height } = preview.bounds
  let inside = 0
  for (let v = 0; v < photo.height; v++)
    for (let u = 0; u < photo.width; u++)
      for (let c = 0; c < 3; c++) {
        const i = v * photo.stride + 3 * u + c
        if (out.data[i] === photo.data[i]) continue
        assert.ok(u >= x && v >= y && u < x + width && v < y + height)
        inside++
      }
  assert.ok(inside > 10000)
  assert.ok(same(preview.renderSync(-1).data, photo.data), 'before the first session nothing is there')
})

test('promises give the same bytes, one after the other', async () => {
  const days = [60, 0, 3650, 60]
  const renders = await Promise.all(days.map((day) => preview.render(day)))
  days.forEach((day, i) => assert.ok(same(renders[i].data, preview.renderSync(day).data)))
  assert.ok(!same(renders[0].data, renders[2].data))
})

test('a region is that part of the whole', async () => {
  const whole = preview.renderSync(60)
  const region = { x: 101, y: 40, width: 37, height: 23 }
  for (const part of [await preview.render(60, { region }), preview.renderSync(60, { region })]) {
    assert.equal(part.width, 37)
    assert.equal(part.height, 23)
    for (let v = 0; v < 23; v++) {
      const from = (40 + v) * whole.stride + 3 * 101
      assert.ok(same(part.data.subarray(v * part.stride, v * part.stride + 111), whole.data.subarray(from, from + 111)))
    }
  }
  assert.throws(() => preview.renderSync(60, { region: { x: 300, y: 0, width: 21, height: 1 } }), { code: 'SMP_ERR_ARGUMENT' })
})

test('out is written to, and only by renderSync', async () => {
  const out = copy(photo)
  assert.equal(preview.renderSync(60, { out }), out)
  assert.ok(same(out.data, preview.renderSync(60).data))
  const wide = { ...photo, data: new Uint8Array(400 * 3 * photo.height).fill(7), stride: 1200 }
  preview.renderSync(60, { out: wide })
  for (let v = 0; v < photo.height; v++) {
    assert.ok(same(wide.data.subarray(v * 1200, v * 1200 + 960), out.data.subarray(v * out.stride, v * out.stride + 960)))
    assert.ok(wide.data.subarray(v * 1200 + 960, (v + 1) * 1200).every((x) => x === 7))
  }
})

test('a layer is what the pigment lets through', async () => {
  const layer = await preview.layer(60)
  assert.equal(layer.format, 'rgbf32')
  assert.ok(layer.data.every((x) => x > 0 && x <= 1))
  assert.ok(layer.data.some((x) => x < 0.9))
  const coded = preview.layerSync(60, { format: 'rgb16' })
  assert.ok(coded.data instanceof Uint16Array)
  assert.ok(layer.data.every((x, i) => Math.abs(x * 65535 - coded.data[i]) < 0.51))
})

test('a preview takes another life', async () => {
  const own = new smp.Plan({ head, pattern: { pattern: 'norwood_5' }, life: { sunHoursPerDay: 3 } })
  const shown = smp.Preview.createSync(scalp, own)
  const before = shown.renderSync(60).data
  const running = shown.render(60)
  await Promise.resolve()
  assert.throws(() => shown.setLife({ tan: 1 }), { code: 'SMP_ERR_ARGUMENT' })
  await running
  assert.equal(shown.setLife({ daysUnshaved: 6, tan: 1 }), shown)
  own.setLife({ daysUnshaved: 6, tan: 1 })
  const fresh = await smp.Preview.create(scalp, own)
  assert.deepEqual(shown.bounds, fresh.bounds)
  assert.ok(same(shown.renderSync(60).data, fresh.renderSync(60).data))
  assert.ok(!same(shown.renderSync(60).data, before))
  assert.throws(() => shown.setLife({ oiliness: 2 }), { code: 'SMP_ERR_RANGE' })
  assert.ok(same(shown.setLife().renderSync(60).data, before))
})

test('a preview takes another plan', async () => {
  const own = new smp.Plan({ head })
  const shown = smp.Preview.createSync(scalp, own)
  const dense = shown.dots.count
  own.set({ densityPerCm2: 20 })
  const edit = shown.setPlan(own)
  own.set({ densityPerCm2: 30 })
  await Promise.resolve()
  assert.throws(() => shown.dots, { code: 'SMP_ERR_ARGUMENT' })
  assert.throws(() => shown.bounds, { code: 'SMP_ERR_ARGUMENT' })
  assert.equal(await edit, shown)
  assert.ok(shown.dots.count < dense)
  const places = await smp.Places.create(own, { densityPerCm2: 40 })
  const sparse = await smp.Preview.create(scalp, own.set({ densityPerCm2: 20 }), { places })
  assert.ok(same((await shown.render(60)).data, sparse.renderSync(60).data))
  assert.equal(sparse.setPlanSync(own.set({ densityPerCm2: 30 })), sparse)
  const fresh = smp.Preview.createSync(scalp, own, { places })
  assert.ok(same(sparse.renderSync(60).data, fresh.renderSync(60).data))
  own.set({ densityPerCm2: 41 })
  assert.throws(() => smp.Preview.createSync(scalp, own, { places }), { code: 'SMP_ERR_ARGUMENT' })
  const before = fresh.renderSync(60).data
  await assert.rejects(fresh.setPlan(own, { onProgress: () => false, signal: AbortSignal.abort() }), { name: 'AbortError' })
  assert.ok(same(fresh.renderSync(60).data, before))
})

test('a plan that changes later leaves its preview alone', async () => {
  const own = new smp.Plan({ head })
  const shown = smp.Preview.createSync(scalp, own)
  const before = shown.renderSync(60)
  own.set({ densityPerCm2: 50 })
  assert.ok(same(shown.renderSync(60).data, before.data))
  const fresh = await smp.Preview.create(scalp, own)
  assert.ok(!same(fresh.renderSync(60).data, before.data))
  assert.ok(fresh.dots.count < shown.dots.count)
})

test('treat goes the whole way', async () => {
  const stages = []
  const out = await smp.treat(photo, { camera: phantom.camera, plan, day: 60, onProgress: (done) => stages.push(done) })
  assert.ok(same(out.data, preview.renderSync(60).data))
  const again = await smp.treat(photo, { camera: phantom.camera, plan: JSON.stringify(plan), day: 60 })
  assert.ok(same(again.data, out.data))
  const round = await smp.treat(photo, { ellipse: phantom.ellipse, pose: { pitchDeg: -30 } })
  assert.ok(!same(round.data, photo.data))
})

test('dots and maps come as typed arrays', () => {
  const dots = smp.Dots.createSync(plan)
  const { count, xMm, dose, session, id } = dots.arrays
  assert.ok(count > 10000)
  assert.equal(xMm.length, count)
  assert.ok(session.every((s) => s < 3))
  assert.ok(id.every((x, i) => i === 0 || x > id[i - 1]))
  const aged = dots.age(365)
  assert.ok(aged.dose.every((x, i) => x < dose[i]))
  const mask = scalp.map('mask')
  assert.equal(mask.data.length, mask.width * mask.height)
  const truth = phantom.map('mask')
  assert.equal(truth.width, photo.width)
  assert.throws(() => scalp.map('nothing'), { code: 'SMP_ERR_ARGUMENT' })
  assert.ok(scalp.skin.melanin > 0 && scalp.blurPx > 0)
  assert.ok(phantom.hairs.length % 5 === 0 && phantom.hairs.length > 0)
})
