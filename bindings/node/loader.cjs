// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// Finds the native addon: SMP_ADDON, then the package for this platform, then the file beside us. No install script ever
// runs. The names are literal so that bundlers can follow them.
'use strict'

function musl() {
  return process.platform === 'linux' && !process.report?.getReport?.()?.header?.glibcVersionRuntime
}

const packages = {
  'linux-x64': () => require('@libsmp/linux-x64'),
  'linux-arm64': () => require('@libsmp/linux-arm64'),
  'linux-x64-musl': () => require('@libsmp/linux-x64-musl'),
  'linux-arm64-musl': () => require('@libsmp/linux-arm64-musl'),
  'darwin-x64': () => require('@libsmp/darwin-x64'),
  'darwin-arm64': () => require('@libsmp/darwin-arm64'),
  'win32-x64': () => require('@libsmp/win32-x64'),
}

function load() {
  if (process.env.SMP_ADDON) return require(require('node:path').resolve(process.env.SMP_ADDON))
  const platform = `${process.platform}-${process.arch}${musl() ? '-musl' : ''}`
  const tried = []
  for (const attempt of [packages[platform], () => require('./libsmp.node')]) {
    if (!attempt) continue
    try {
      return attempt()
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') tried.push(error.message)
    }
  }
  const why = tried.length ? ` (${tried.join('; ')})` : ''
  throw new Error(
    `libsmp: there is no native addon for ${platform}${why}. Install the package @libsmp/${platform}, or build it with ` +
      'cmake and set SMP_ADDON to the path of libsmp.node')
}

module.exports = load()
