// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// What Node costs on top of C: the same renders of a 1920 x 1080 head, one thread, by turns: into one buffer, and as promises
// with the copies that they make.
// usage: SMP_ADDON=.../libsmp.node node overhead.mjs build/release/bindings/smp_overhead [ROUNDS]
import { execFileSync } from 'node:child_process'
import smp from '../node/index.mjs'

const RENDERS = 15
const [program, rounds = '5'] = process.argv.slice(2)
const phantom = smp.Phantom.createSync({ width: 1920, height: 1080 })
const preview = smp.Preview.createSync(smp.Scalp.createSync(phantom.image, { camera: phantom.camera, head: phantom.head }),
  new smp.Plan({ head: phantom.head }))
const out = phantom.image
const used = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000 }

async function timed(render) {
  const found = []
  for (let i = 0; i < RENDERS; i++) {
    const start = performance.now(), before = used()
    await render(60 + i)
    found.push([performance.now() - start, used() - before])
  }
  return found
}

const c = () => execFileSync(program, [String(RENDERS)], { encoding: 'utf8' }).trim().split('\n').map((line) => line.split(' ').map(Number))
const rows = { C: [], 'into one buffer': [], 'as promises': [] }
await timed((day) => preview.renderSync(day, { out }))
for (let i = 0; i < Number(rounds); i++) {
  rows.C.push(...c())
  rows['into one buffer'].push(...await timed((day) => preview.renderSync(day, { out })))
  rows['as promises'].push(...await timed((day) => preview.render(day)))
}
const median = (x) => x.sort((a, b) => a - b)[x.length >> 1]
for (const [column, what] of ['on the clock', 'of the processor'].entries()) {
  const base = median(rows.C.map((r) => r[column])), least = Math.min(...rows.C.map((r) => r[column]))
  for (const [name, times] of Object.entries(rows)) {
    const x = times.map((r) => r[column])
    console.log(`ms ${what}, ${x.length} renders, ${name}: least ${Math.min(...x).toFixed(3)} (${(Math.min(...x) - least).toFixed(3)} over C), ` +
      `median ${median(x).toFixed(3)} (${(median(x) - base).toFixed(3)} over C, ${(100 * (median(x) / base - 1)).toFixed(1)} %)`)
  }
}
