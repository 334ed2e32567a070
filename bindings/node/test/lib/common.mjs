// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// A small head that every test looks at.
import smp from '../../index.mjs'

export const phantom = smp.Phantom.createSync({ width: 320, height: 230 })
export const photo = phantom.image
export const head = phantom.head
export const scalp = smp.Scalp.createSync(photo, { camera: phantom.camera, head })
export const plan = new smp.Plan({ head })
export const preview = smp.Preview.createSync(scalp, plan)
export const same = (a, b) => Buffer.compare(Buffer.from(a.buffer, a.byteOffset, a.byteLength), Buffer.from(b.buffer, b.byteOffset, b.byteLength)) === 0
export const copy = (image) => ({ ...image, data: image.data.slice() })
