// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// A use of everything that has a type; tsc must accept it, and refuse the lines that are marked.
import * as smp from './index'

export async function use(bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  const photo = await smp.decode(bytes, { keepExif: true, signal })
  const camera = smp.cameraFromEllipse({ cxPx: 1, cyPx: 2, rxPx: 3, ryPx: 4 })
  const scalp = await smp.Scalp.create(photo, { camera, keepShine: 0.9, signal })
  const plan = new smp.Plan({ densityPerCm2: 120, hairline: { style: 'mature' }, sessions: [{ share: 1 }] })
  const preview = await smp.Preview.create(scalp, plan, { onProgress: (done: number, stage: string) => void [done, stage] })
  const out: smp.Image = await preview.render(60, { region: preview.bounds, signal })
  preview.renderSync(60, { out: { ...photo } })
  const melanin: number = scalp.skin.melanin + smp.skinFromRgb([0.5, 0.3, 0.2]).residual
  // @ts-expect-error there is no such style
  plan.setHairline({ style: 'curly' })
  // @ts-expect-error there is no such field
  plan.set({ densty: melanin })
  // @ts-expect-error a scalp is made by create
  new smp.Scalp()
  return smp.encode(out, { kind: 'jpeg', quality: 90, comment: 'simulated' })
}
