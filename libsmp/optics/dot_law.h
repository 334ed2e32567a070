/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fitted law of dots: features, terms, and what a skin makes of the constants. */
#ifndef SMPI_OPTICS_DOT_LAW_H
#define SMPI_OPTICS_DOT_LAW_H

#include "optics/dot.h"
#include "optics/layers.h"

/* A column held to where a law was fitted. */
typedef struct smpi_dot_body {
    float feature[SMPI_DOT_FEATURES];
    float dose;   /* of the column as wide as it has become, what counts of it */
    float area;   /* mm2 */
    float softer; /* ln of what spread adds to the integral */
    float tiny;   /* how a dot too small for the fit fades, <= 1 */
    float deep;   /* mm below the lowest top of the fit */
} smpi_dot_body;

/* How a column lies to the two laws: share of the second, 0 to 1. */
float smpi_dot_tallness(float height_mm);

void smpi_dot_body_init(smpi_dot_body *body, int law, const smp_column *column);

/* 1 / (1 + exp(-x)) */
float smpi_logistic(float x);

/* All products of up to two features, and of up to three, in the order of the constants. */
void smpi_dot_terms(const float feature[SMPI_DOT_FEATURES], float two[SMPI_DOT_QUADRATIC],
                    float three[SMPI_DOT_CUBIC]);

void smpi_dot_wave_init(smpi_dot_wave *wave, int law, const smpi_layer layers[2]);

#endif
