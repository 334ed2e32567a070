// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Tries the examples as they are meant to be used: the service under load on loopback, the queue on a Redis of its own,
// sharp on both sides. Run by try.sh.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import test from 'node:test'
import smp from 'libsmp'
import { service } from './http.mjs'

const folder = mkdtempSync(join(tmpdir(), 'smp-try-'))
const phantom = smp.Phantom.createSync({ width: 400, height: 288 })
const ellipse = phantom.ellipse
const jpeg = smp.encodeSync(phantom.image, { kind: 'jpeg' })
const hash = (data) => createHash('sha256').update(data).digest('hex')

test('the service: equal answers under load, and away with the rest', async (t) => {
  const app = service({ maxBytes: 1e6, maxPixels: 1e6, atOnce: 2, waiting: 4, timeLimit: 60000 })
  t.after(() => app.close())
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  const q = new URLSearchParams({ cx: ellipse.cxPx, cy: ellipse.cyPx, rx: ellipse.rxPx, ry: ellipse.ryPx, day: 60 })
  const post = (body, query = q, type = 'image/jpeg') => fetch(`${base}/preview?${query}`, { method: 'POST', body, headers: { 'content-type': type } })
  const first = await post(jpeg)
  assert.equal(first.status, 200)
  const expected = hash(Buffer.from(await first.arrayBuffer()))

  const begun = performance.now()
  let served = 0, away = 0
  await Promise.all(Array.from({ length: 40 }, async (_, i) => {
    await sleep(i * 15)
    const answer = await post(jpeg)
    if (answer.status === 200) {
      assert.equal(hash(Buffer.from(await answer.arrayBuffer())), expected)
      served++
    } else {
      assert.equal(answer.status, 503)
      assert.equal(answer.headers.get('retry-after'), '2')
      away++
    }
  }))
  assert.ok(served >= 6 && away >= 1 && served + away === 40, `${served} served, ${away} sent away`)
  t.diagnostic(`${served} served and ${away} sent away in ${((performance.now() - begun) / 1000).toFixed(1)} s`)

  const statuses = {}
  for (const [name, answer] of Object.entries({
    junk: await post(Buffer.from('junk')), cut: await post(jpeg.subarray(0, 900)), large: await post(Buffer.alloc(2e6)),
    parameters: await post(jpeg, new URLSearchParams({ cx: 'x' })), kind: await post(jpeg, q, 'image/webp'),
    pixels: await post(smp.encodeSync({ data: new Uint8Array(1.2e6 * 3), width: 1200, height: 1000, format: 'rgb8' }, { kind: 'jpeg' })) }))
    statuses[name] = answer.status
  assert.deepEqual(statuses, { junk: 400, cut: 400, large: 413, parameters: 400, kind: 415, pixels: 413 })
  const health = await (await fetch(`${base}/health`)).json()
  assert.equal(health.running, 0)
  assert.equal(health.waiting, 0)
})

test('the service stops work that takes too long or that nobody waits for', async (t) => {
  const app = service({ timeLimit: 5, atOnce: 1 })
  t.after(() => app.close())
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  const q = new URLSearchParams({ cx: ellipse.cxPx, cy: ellipse.cyPx, rx: ellipse.rxPx, ry: ellipse.ryPx })
  const post = (signal) => fetch(`${base}/preview?${q}`, { method: 'POST', body: jpeg, headers: { 'content-type': 'image/jpeg' }, signal })
  assert.equal((await post()).status, 503)
  await assert.rejects(post(AbortSignal.timeout(2)))
  for (let i = 0; i < 100; i++) {
    const health = await (await fetch(`${base}/health`)).json()
    if (health.running === 0) return
    await sleep(50)
  }
  assert.fail('work went on')
})

test('sharp: raw pixels there and back', async () => {
  const { default: sharp } = await import('sharp')
  const raw = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const treated = await smp.treat(smp.fromSharp(raw), { ellipse })
  const png = await sharp(treated.data, { raw: { width: treated.width, height: treated.height, channels: treated.channels } }).png().toBuffer()
  assert.equal(hash(smp.decodeSync(png).data), hash(treated.data))
  const small = await sharp(treated.data, { raw: { width: treated.width, height: treated.height, channels: treated.channels } }).resize(100).jpeg().toBuffer()
  assert.equal(smp.readInfo(small).width, 100)
})

test('the queue: equal results, and once for the same work', { skip: !!spawnSync('redis-server', ['--version']).error && 'redis-server is not installed' }, async (t) => {
  const { add, preview, queueOf, workerOf } = await import('./queue.mjs')
  const { QueueEvents } = await import('bullmq')
  const socket = join(folder, 'redis.sock')
  const redis = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' })
  t.after(() => redis.kill())
  await sleep(800)
  const connection = { path: socket, maxRetriesPerRequest: null }
  const queue = queueOf(connection), worker = workerOf(connection), events = new QueueEvents('smp', { connection })
  t.after(async () => { await worker.close(); await queue.close(); await events.close() })
  const input = join(folder, 'in.jpg')
  writeFileSync(input, jpeg)
  const job = (day) => ({ input, output: join(folder, `${day}.png`), ellipse, day })
  const alone = await preview(job(60))
  const jobs = await Promise.all([60, 0, 365, 60].map((day) => add(queue, job(day))))
  const results = await Promise.all(jobs.map((j) => j.waitUntilFinished(events, 60000)))
  assert.equal(results[0].sha256, alone.sha256)
  assert.equal(jobs[0].id, jobs[3].id)
  assert.equal((await queue.getJobCounts('completed')).completed, 3)
  assert.equal(hash(readFileSync(results[1].output)), results[1].sha256)
  writeFileSync(join(folder, 'bad.jpg'), 'junk')
  const bad = await add(queue, { ...job(60), input: join(folder, 'bad.jpg') })
  await assert.rejects(bad.waitUntilFinished(events, 60000), /SMP_ERR_FORMAT/)
  assert.equal((await queue.getJob(bad.id)).attemptsMade, 1, 'what cannot succeed is not tried again')
})
