/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * How public functions are marked. Define SMP_STATIC when linking the static library. */
#ifndef SMP_EXPORT_H
#define SMP_EXPORT_H

#if defined(SMP_STATIC)
#define SMP_API
#elif defined(_WIN32)
#if defined(SMP_BUILDING)
#define SMP_API __declspec(dllexport)
#else
#define SMP_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define SMP_API __attribute__((visibility("default")))
#else
#define SMP_API
#endif

/* On a function: its result must be looked at. */
#if defined(__GNUC__)
#define SMP_NODISCARD __attribute__((warn_unused_result))
#else
#define SMP_NODISCARD
#endif

#ifdef __cplusplus
#define SMP_BEGIN extern "C" {
#define SMP_END }
#else
#define SMP_BEGIN
#define SMP_END
#endif

#endif
