// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// The same for import.
import smp from './index.cjs'

export const {
  version, describe, Context, decode, decodeSync, encode, encodeSync, Scalp, Plan, Places, Dots, Preview, Phantom,
  treat, fromSharp, cameraFromLandmarks, headFromLandmarks, headFromViews, cameraFromMesh, cameraFromPoints, headLandmarks, hairlinePlace,
  layeredReflectance, fadeCourse, fadeDue, stubbleColor, shadeMatch, shades, spaceDecode, spaceEncode, rgbToXyz,
  xyzToRgb, xyzToLab, labToXyz, deltaE2000, itaDeg, skinReflectance, skinColor, skinFromRgb, dotProfile, pigmentLeft,
  cameraFromScale, cameraFromEllipse, headFromEllipse, cameraResize, cameraProject, cameraUnproject, readInfo,
  convert, cameraFromDepth, cameraFromNormals, cameraRefine, scaleFromPairs, scaleFromEyes, cameraPose,
  pigmentAbsorption, pigmentScattering, pigmentMass, pigmentFromMass, skinEstimate, skinExtrapolates, toneFromLab,
  skinHealing, laserSessions, columnFromNeedle, shade, shadeColor, hairNames, presets,
} = smp
export default smp
