// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// The same for import.
import smp from './index.cjs'

export const {
  version, describe, Context, decode, decodeSync, encode, encodeSync, readInfo, convert, Scalp, Plan, Dots, Preview, Phantom, treat,
  fromSharp, spaceDecode, spaceEncode, rgbToXyz, xyzToRgb, xyzToLab, labToXyz, deltaE2000, itaDeg, skinReflectance,
  skinColor, skinFromRgb, dotProfile, pigmentLeft, cameraFromScale, cameraFromEllipse, headFromEllipse, cameraResize,
  cameraProject, cameraUnproject,
} = smp
export default smp
