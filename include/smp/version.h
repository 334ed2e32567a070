/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The version of libsmp: the one place where it is written. */
#ifndef SMP_VERSION_H
#define SMP_VERSION_H

#define SMP_VERSION_MAJOR 0
#define SMP_VERSION_MINOR 1
#define SMP_VERSION_PATCH 0

/* The newest model revision ("look"): what a field named `look` means and defaults to. */
#define SMP_LOOK_NEWEST 1

#endif
