// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// The surface: every exported symbol bound or excused, types that are current and that tsc accepts, the same bytes as the
// command line, the package as npm would install it.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import smp from '../index.mjs'
import { phantom, photo, plan, same } from './lib/common.mjs'

const here = fileURLToPath(new URL('..', import.meta.url))
const read = (name) => readFileSync(join(here, name), 'utf8')
const lines = (text) => text.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean)
const scratch = (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'smp-node-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const there = (program) => !spawnSync(program, ['--version']).error

test('each exported symbol is bound or excused', () => {
  const code = readdirSync(here).filter((name) => /\.(c|inc)$/.test(name)).map(read).join('\n')
  const types = [...read('desc_types.inc').matchAll(/DESC\(\w+, (\w+)\)/g)].map((m) => m[1])
  const used = new Set([...code.matchAll(/\bsmp_\w+/g)].map((m) => m[0]))
  for (const type of types) used.add(`${type}_fields`).add(`${type}_init_sized`)
  const excused = new Map(read('excused.txt').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(/\s+(.*)/)))
  const exported = lines(readFileSync(join(here, '../../tests/abi/smp.symbols'), 'utf8'))
  assert.ok(exported.length > 80)
  for (const symbol of exported) assert.ok(used.has(symbol) || excused.get(symbol), `${symbol} is neither bound nor excused`)
  for (const symbol of excused.keys()) {
    assert.ok(exported.includes(symbol), `${symbol} is excused but not exported`)
    assert.ok(!used.has(symbol), `${symbol} is excused but bound`)
  }
})

test('import and require give the same names', async () => {
  const { createRequire } = await import('node:module')
  const common = createRequire(import.meta.url)('../index.cjs')
  const module = await import('../index.mjs')
  assert.deepEqual(Object.keys(module).filter((name) => name !== 'default').sort(), Object.keys(common).sort())
})

test('types are current', () => {
  execFileSync(process.execPath, [join(here, 'types.mjs'), '--check'], { stdio: 'inherit' })
  const declared = new Set([...read('index.d.ts').matchAll(/^export (?:class|function|const) (\w+)/gm)].map((m) => m[1]))
  for (const name of Object.keys(smp)) assert.ok(declared.has(name), `${name} has no type`)
  for (const name of declared) assert.ok(name in smp, `${name} is declared but not there`)
})

test('tsc --strict accepts the types and their use', { skip: !there('tsc') && 'tsc is not installed' }, (t) => {
  const folder = scratch(t)
  for (const name of ['index.d.ts']) cpSync(join(here, name), join(folder, name))
  cpSync(join(here, 'test/lib/use.ts'), join(folder, 'use.ts'))
  const run = spawnSync('tsc', ['--noEmit', '--strict', '--target', 'es2022', '--moduleResolution', 'node', '--lib', 'es2022,dom', 'use.ts'],
    { cwd: folder, encoding: 'utf8' })
  assert.equal(run.status, 0, run.stdout)
})

test('the command line gives the same bytes', { skip: !process.env.SMP_TOOL && 'SMP_TOOL is not set' }, (t) => {
  const folder = scratch(t)
  const at = (name) => join(folder, name)
  const { cxPx, cyPx, rxPx, ryPx } = phantom.ellipse
  writeFileSync(at('in.png'), smp.encodeSync(photo, { kind: 'png' }))
  writeFileSync(at('plan.json'), JSON.stringify(plan))
  execFileSync(process.env.SMP_TOOL, ['render', at('in.png'), at('out.png'), '--ellipse', [cxPx, cyPx, rxPx, ryPx].join(), '--pose', '0,-30,0',
    '--plan', at('plan.json'), '--day', '60'], { stdio: 'pipe' })
  const theirs = smp.decodeSync(readFileSync(at('out.png')))
  const camera = smp.cameraFromEllipse({ cxPx, cyPx, rxPx, ryPx }, plan.head, { pitchDeg: -30 })
  const ours = smp.Preview.createSync(smp.Scalp.createSync(photo, { camera, head: plan.head }), plan).renderSync(60)
  assert.ok(same(theirs.data, ours.data))
  assert.ok(!same(theirs.data, photo.data))
})

test('the package installs without a network and without scripts', { skip: !there('npm') && 'npm is not installed' }, (t) => {
  const folder = scratch(t), pack = join(folder, 'pack'), empty = join(folder, 'empty')
  cpSync(here, pack, { recursive: true })
  cpSync(process.env.SMP_ADDON ?? join(here, 'libsmp.node'), join(pack, 'libsmp.node'))
  cpSync(join(here, '../../LICENSE'), join(pack, 'LICENSE'))
  const env = { ...process.env, SMP_ADDON: '', npm_config_cache: join(folder, 'cache'), npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' }
  const [{ filename, files }] = JSON.parse(execFileSync('npm', ['pack', '--json'], { cwd: pack, env, encoding: 'utf8' }))
  assert.ok(files.some((file) => file.path === 'libsmp.node') && !files.some((file) => /\.c$|gyp/.test(file.path)))
  cpSync(join(pack, filename), join(folder, 'p.tgz'))
  assert.equal(JSON.parse(read('package.json')).scripts, undefined)
  execFileSync(process.execPath, ['-e', `require('fs').mkdirSync(${JSON.stringify(empty)})`])
  execFileSync('npm', ['init', '-y'], { cwd: empty, env, stdio: 'pipe' })
  execFileSync('npm', ['install', '--ignore-scripts', join(folder, 'p.tgz')], { cwd: empty, env, stdio: 'pipe' })
  const code = "const smp = require('libsmp'); const p = smp.Phantom.createSync({ width: 64, height: 46 }); smp.treat(p.image, { camera: p.camera }).then((i) => console.log(i.width))"
  assert.equal(execFileSync(process.execPath, ['-e', code], { cwd: empty, env, encoding: 'utf8' }).trim(), '64')
})

test('the examples of the documents run', async (t) => {
  const folder = scratch(t)
  writeFileSync(join(folder, 'photo.png'), smp.encodeSync(photo, { kind: 'png' }))
  const blocks = [...read('README.md').matchAll(/```js\n([^]*?)```/g)].map((m) => m[1])
  assert.ok(blocks.length >= 3)
  for (const [i, block] of blocks.entries()) {
    const file = join(folder, `example${i}.mjs`)
    writeFileSync(file, block.replaceAll("'libsmp'", JSON.stringify(new URL('../index.mjs', import.meta.url).href)))
    const run = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
    assert.equal(run.status, 0, `${block}\n${run.stderr}`)
  }
  assert.ok(readdirSync(folder).includes('treated.png'))
})
