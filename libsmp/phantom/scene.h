/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the parts of the phantom share: the scene, and what each part says about a pixel. */
#ifndef SMPI_PHANTOM_SCENE_H
#define SMPI_PHANTOM_SCENE_H

#include <smp/phantom.h>

#include "phantom/noise.h"

/* Colours of skin by how far melanin and blood are from their mean, as exponents of e. */
#define SMPI_TONE_MELANIN 12
#define SMPI_TONE_BLOOD 7
#define SMPI_TONE_MELANIN_MIN (-1.5f)
#define SMPI_TONE_MELANIN_MAX 2.0f
#define SMPI_TONE_BLOOD_MAX 1.6f

#define SMPI_ENCODE_STEPS 4096

typedef struct smpi_scene {
    smp_phantom_desc desc;
    smp_head head;
    smp_camera camera;
    smp_ellipse outline;
    float rotation[9]; /* head axes to camera axes, as in the camera */
    float px_per_mm;
    float turn[2];      /* cosine and sine of the outline's turn */
    float middle_px[2]; /* where the middle of the head's widest level is seen */
    float lean;         /* what the outline's tilt does to the vertical, yaw and pitch at once */
    float unit_px[2];   /* from the middle up and down to the outline, along the leaning vertical */
    float exposure;     /* what a white surface facing the main light gives */
    float mean_albedo[3];
    float hair_albedo[3];
    smpi_noise noise;
    float tone[SMPI_TONE_MELANIN][SMPI_TONE_BLOOD][3]; /* log of the albedo */
    float encode[SMPI_ENCODE_STEPS + 2]; /* sRGB code, 0 to 255, by the square root of light */
} smpi_scene;

/* A point of skin, in the head frame. */
typedef struct smpi_spot {
    float p[3];    /* mm */
    float n[3];    /* smooth outward normal of what is seen */
    float step_mm; /* skin between two pixels, along the steeper way */
} smpi_spot;

typedef struct smpi_skin_truth {
    float melanin, blood;
    float spot; /* ln of a pigment spot's melanin over that around it, in melanin already */
    float albedo[3];
    float slope[3]; /* of the relief, per mm, head frame */
    float rough;    /* relief too fine for the pixels, as a variance of slope */
    float hollow;   /* light lost in furrows and sockets, 0 to 1 */
} smpi_skin_truth;

typedef struct smpi_light {
    float shading, shine;
} smpi_light;

/* A pixel's layers. */
typedef struct smpi_layer {
    float rgb[3];
    float cover; /* 0 to 1 */
    float depth; /* mm towards the viewer */
} smpi_layer;

/* ---- skin.c ---- */
/* Works out the colours, on the context's threads, and the exposure for them. */
smp_status smpi_tone_init(const smp_context *ctx, smpi_scene *scene, smp_diag *diag);
void smpi_tone_at(const smpi_scene *scene, float melanin_log, float blood_log, float albedo[3]);
void smpi_skin_at(const smpi_scene *scene, const smpi_spot *spot, smpi_skin_truth *skin);

/* ---- spots.c ---- */
/* How much of a pigment spot is at a place: 0 to 1.3, 1 the mean spot. rag, -1 to 1, shakes its
 * edge. */
float smpi_spots_at(const smpi_scene *scene, const smpi_spot *spot, float rag);

/* ---- light.c ---- */
/* n is a unit normal in camera axes; rough a variance of slope; hollow takes light away. */
smpi_light smpi_light_at(const smpi_scene *scene, const float n[3], float rough, float hollow);
/* Colour of the diffuse light: red reaches further into the shade, under the skin. */
void smpi_light_tint(const smpi_scene *scene, float shading, float rgb[3]);

/* ---- shape.c ---- */
void smpi_to_camera(const smpi_scene *scene, const float head[3], float camera[3]);
/* Adds the features of skull and face to a slope, and the light that they keep away. */
void smpi_features_at(const float p[3], float slope[3], float *hollow);
/* Density of the fringe, 0 to 1 of full, before the descriptor's strength. */
float smpi_fringe_at(const smpi_scene *scene, const float p[3]);
/* Where pigment may go as far as the face and neck are concerned, 0 to 1. */
float smpi_scalp_at(const float p[3]);
/* How far out a pixel is on what is seen of the head: 1 on its edge. shrink receives the factor
 * that takes the pixel's offset from the outline's centre to the ellipsoid. */
float smpi_outline_at(const smpi_scene *scene, const float uv[2], float *shrink);
/* The ear on a side (-1 right, 1 left). */
void smpi_ear_at(const smpi_scene *scene, int side, const float uv[2], smpi_layer *layer);

/* ---- backdrop.c ---- */
void smpi_backdrop_at(const smpi_scene *scene, const float uv[2], float rgb[3]);

/* ---- hairs.c ---- */
/* A piece of hair in the picture, pixels. */
typedef struct smpi_stroke {
    float from[2], to[2];
    float width;
    float opacity;
} smpi_stroke;

typedef struct smpi_hairs {
    smp_phantom_hair *hair; /* of the fringe */
    uint32_t hair_count;
    smpi_stroke *stroke; /* of the fringe and the brows */
    uint32_t stroke_count;
} smpi_hairs;

smp_status smpi_hairs_create(const smp_context *ctx, const smpi_scene *scene, smpi_hairs *hairs,
                             smp_diag *diag);
void smpi_hairs_destroy(const smp_context *ctx, smpi_hairs *hairs);
/* Multiplies rows [top, bottom) of a plane by what the strokes let through. */
void smpi_strokes_draw(const smpi_hairs *hairs, float *plane, uint32_t width, uint32_t top,
                       uint32_t bottom);

/* ---- finish.c ---- */
/* Blurs, grains and encodes rows [top, bottom) of linear RGB into rgb8. */
void smpi_finish_rows(const smpi_scene *scene, const float *rgb_lin, uint8_t *out, uint32_t top,
                      uint32_t bottom);
void smpi_encode_init(smpi_scene *scene);

#endif
