// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Promises: progress, cancel, memory that is taken away, worker threads, leaks.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { Worker } from 'node:worker_threads'
import smp from '../index.mjs'
import { copy, head, phantom, photo, plan, preview, same, scalp } from './lib/common.mjs'

const hash = (data) => createHash('sha256').update(data).digest('hex')

test('the event loop keeps turning', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  await smp.Preview.create(scalp, plan)
  clearInterval(timer)
  assert.ok(ticks >= 5, `${ticks} ticks`)
})

test('progress rises to 1', async () => {
  const seen = []
  await smp.Preview.create(scalp, plan, { onProgress: (done, stage) => seen.push([done, stage]) })
  assert.ok(seen.length > 5)
  assert.ok(seen.every(([done, stage], i) => typeof stage === 'string' && (i === 0 || done >= seen[i - 1][0])))
  const near = []
  smp.Preview.createSync(scalp, plan, { onProgress: (done) => near.push(done) })
  assert.equal(near.at(-1), 1)
  assert.throws(() => smp.Preview.createSync(scalp, plan, { onProgress: () => { throw new Error('enough') } }), /enough/)
})

test('a signal cancels', async () => {
  const stop = new AbortController()
  const waiting = smp.Preview.create(scalp, new smp.Plan({ head, regularity: 1 }), { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('changed my mind')), 20)
  await assert.rejects(waiting, /changed my mind/)
  await assert.rejects(preview.render(1, { signal: AbortSignal.abort() }), { name: 'AbortError' })
  assert.ok(same((await preview.render(60)).data, preview.renderSync(60).data), 'a cancelled render leaves no trace')
})

test('memory that goes away under a promise harms nothing', async () => {
  const mine = copy(photo)
  const expected = smp.encodeSync(photo, { kind: 'png' })
  const going = smp.encode(mine, { kind: 'png' })
  structuredClone(mine.data.buffer, { transfer: [mine.data.buffer] })
  assert.equal(mine.data.length, 0)
  assert.ok(same(await going, expected))
  const second = copy(photo)
  const reading = smp.Scalp.create(second, { camera: phantom.camera, head })
  second.data.fill(0)
  const shown = smp.Preview.createSync(await reading, plan)
  assert.ok(same(shown.renderSync(60).data, preview.renderSync(60).data))
})

test('a preview that is busy refuses a synchronous render', async () => {
  const going = preview.render(60)
  for (let i = 0; i < 20; i++) await null // the job has begun, and cannot end before the event loop turns
  assert.throws(() => preview.renderSync(60), /rendering already/)
  await going
  preview.renderSync(60)
})

test('worker threads give the same bytes', async () => {
  const code = `import { parentPort } from 'node:worker_threads'
    const smp = (await import(${JSON.stringify(new URL('../index.mjs', import.meta.url).href)})).default
    const p = smp.Phantom.createSync({ width: 320, height: 230 })
    const out = await smp.treat(p.image, { camera: p.camera, plan: new smp.Plan({ head: p.head }), day: 60 })
    parentPort.postMessage(out.data)`
  const url = new URL('data:text/javascript,' + encodeURIComponent(code))
  const results = await Promise.all([1, 2, 3].map(() => new Promise((resolve, reject) => {
    const worker = new Worker(url)
    worker.once('message', resolve)
    worker.once('error', reject)
  })))
  const expected = hash(preview.renderSync(60).data)
  for (const data of results) assert.equal(hash(data), expected)
})

test('a worker that leaves with work in flight does not bring the process down', async () => {
  const code = `const smp = (await import(${JSON.stringify(new URL('../index.mjs', import.meta.url).href)})).default
    const p = smp.Phantom.createSync({ width: 200, height: 144 })
    smp.treat(p.image, { camera: p.camera }).catch(() => {})
    setTimeout(() => process.exit(0), 5)`
  const url = new URL('data:text/javascript,' + encodeURIComponent(code))
  for (let i = 0; i < 3; i++) await new Promise((resolve) => new Worker(url).once('exit', resolve))
})

test('renders do not leak', { timeout: 3600000 }, async () => {
  const rounds = Number(process.env.SMP_LEAK_ROUNDS ?? 40)
  // so large that few renders, too, would show a picture that stays behind (0.9 MB each)
  const [width, height] = rounds < 1000 ? [640, 460] : [64, 46]
  const tiny = smp.Phantom.createSync({ width, height })
  const shown = smp.Preview.createSync(smp.Scalp.createSync(tiny.image, { camera: tiny.camera, head: tiny.head }), new smp.Plan({ head: tiny.head }))
  const turn = async (i) => {
    await shown.render(i % 400)
    shown.renderSync(i % 300)
    smp.encodeSync(tiny.image, { kind: 'png', effort: 1 })
  }
  for (let i = 0; i < rounds; i++) await turn(i)
  global.gc?.()
  const before = process.memoryUsage().rss
  for (let i = 0; i < rounds; i++) await turn(i)
  global.gc?.()
  const grown = process.memoryUsage().rss - before
  assert.ok(grown < 24e6, `grown by ${grown} bytes in ${rounds} rounds`)
})
