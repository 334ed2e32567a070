// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Writes index.d.ts: types.in.d.ts, with every parameter object from the library's own field tables.
//   node types.mjs            writes the file
//   node types.mjs --check    fails when the file is not what would be written
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import smp from './index.cjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

function typeOf(field) {
  let one = 'number'
  if (field.names) one = field.names.map((name) => `'${name}'`).join(' | ')
  else if (field.type === 'bool') one = 'boolean'
  else if (field.type === 'u64') one = 'number | bigint'
  if (field.count === 1) return one
  return field.count <= 4 ? `[${Array(field.count).fill(one).join(', ')}]` : `${one}[]`
}

function words(field) {
  const range = field.names || field.type === 'bool' ? '' : ` [${field.min}, ${field.max}]`
  const initial = field.type === 'bool' ? Boolean(field.initial) : +field.initial || field.initial
  return `${field.help}${range || field.unit ? ` ${field.unit}${range}`.replace('  ', ' ') : ''}, default ${initial}.`.replace('., default', '; default').replace(/\.(?= )/, ':')
}

function table(name, fields) {
  const lines = fields.map((f) => `  /** ${words(f)} */\n  ${f.name}?: ${typeOf(f)}`)
  return `export interface ${name} {\n${lines.join('\n')}\n}\n`
}

const tables = Object.entries(smp.describe()).map(([name, fields]) => table(name, fields)).join('\n')
const text = readFileSync(here('types.in.d.ts'), 'utf8').replace('// <tables>\n', () => tables)
if (process.argv.includes('--check')) {
  if (readFileSync(here('index.d.ts'), 'utf8') !== text) {
    console.error('index.d.ts is not what types.mjs writes: run node types.mjs')
    process.exit(1)
  }
} else {
  writeFileSync(here('index.d.ts'), text)
}
