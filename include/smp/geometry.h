/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The head in millimetres, and the camera that poses it in a photo.
 *
 * Head frame: origin midway between the tragi, x to the head's own left (the viewer's right in a
 * frontal photo), y up through the crown, z forward through the face; millimetres. A flat patch has
 * its origin in the top left corner, x right, y down, z = 0, and its normals are (0, 0, -1),
 * towards the viewer. Picture coordinates: u right, v down, in pixels; pixel (i, j) covers [i, i +
 * 1) x [j, j + 1). */
#ifndef SMP_GEOMETRY_H
#define SMP_GEOMETRY_H

#include <smp/base.h>

SMP_BEGIN

typedef enum smp_shape {
    SMP_SHAPE_ELLIPSOID = 0, /* a head: the halves of two ellipsoids that meet smoothly at the
                                widest level, one up to the crown, one down to the chin */
    SMP_SHAPE_FLAT = 1,      /* a flat patch, for close-ups and crown shots */
    SMP_SHAPE_COUNT = 2
} smp_shape;

/* Size and shape of a head. It belongs to the plan: photos only pose it. Defaults and sources:
 * docs/model.md. */
typedef struct smp_head {
    uint32_t struct_size; /* set by smp_head_init() */
    uint32_t shape;       /* an smp_shape, default SMP_SHAPE_ELLIPSOID */
    float width_mm;  /* side to side above the ears, [5, 1000], default 152; of a flat patch its
                        width */
    float height_mm; /* crown to chin, [5, 1000], default 232; of a flat patch its height */
    float
        length_mm; /* glabella to the back of the head, [5, 1000], default 197; unused when flat */
    float vertex_mm; /* crown above the tragi, [0, 1000], default 131; unused when flat */
    float widest_mm; /* from the crown down to the widest level, [0, 1000] and less than height_mm;
                        default 0: 0.293 of height_mm, 68 on the default head; unused when flat */
} smp_head;

SMP_API void smp_head_init_sized(smp_head *head, size_t size);
#define smp_head_init(head) smp_head_init_sized((head), sizeof *(head))
SMP_API const smp_field *smp_head_fields(uint32_t *count);

/* An ellipse in a picture, pixels: centre, half axes, and its turn, clockwise in the picture, in
 * degrees. */
typedef struct smp_ellipse {
    double cx_px, cy_px, rx_px, ry_px, turn_deg;
} smp_ellipse;

/* How a head is turned, degrees. Yaw turns the face to its own left (to the right in the picture),
 * pitch lifts the chin, roll leans the head clockwise in the picture. R = Rz(-roll) Rx(-pitch)
 * Ry(yaw) takes head axes to camera axes (x right, y up, z to the viewer). */
typedef struct smp_pose {
    double yaw_deg, pitch_deg, roll_deg;
} smp_pose;

/* Where a head is in a photo. Plain numbers; make it with one of the functions below. */
typedef struct smp_camera {
    uint32_t struct_size; /* set by smp_camera_init() */
    uint32_t reserved;    /* 0 */
    double rotation[9];  /* rows: camera x (right), y (up), z (to the viewer) in head coordinates */
    double center_px[2]; /* where the origin of the head frame falls */
    double px_per_mm;    /* scale at the origin of the head frame */
    double distance_mm;  /* from the camera to the origin of the head frame; 0: weak perspective */
    double pose_sigma_deg; /* one standard deviation of each angle; 0: not known */
    double scale_sigma;    /* one standard deviation of px_per_mm, relative; 0: not known */
} smp_camera;

SMP_API void smp_camera_init_sized(smp_camera *camera, size_t size);
#define smp_camera_init(camera) smp_camera_init_sized((camera), sizeof *(camera))
SMP_API const smp_field *smp_camera_fields(uint32_t *count);

/* A camera straight above a flat patch: px_per_mm in (0, 1000], origin_px where the patch's corner
 * falls. */
SMP_NODISCARD SMP_API smp_status smp_camera_from_scale(smp_camera *camera, double px_per_mm,
                                                       const double origin_px[2], smp_diag *diag);

/* A camera from the head's outline in the photo: crown to chin, side to side above the ears.
 *
 * head       NULL for the default head; must be an ellipsoid
 * pose       NULL for frontal and upright; the ellipse's turn is added to its roll
 * px_per_mm  0: the ellipse's width is the width of the head's outline in that pose (152 mm by
 *            default)
 *
 * The scale comes from the width, the position from the middle of the width and from the crown,
 * since the crown is what is treated. Uncertainty (docs/model.md): 4 % of scale when it comes from
 * the width.
 * errors  SMP_ERR_RANGE    an ellipse axis, angle or scale that is not finite or out of range
 *         SMP_ERR_ARGUMENT the head is flat */
SMP_NODISCARD SMP_API smp_status smp_camera_from_ellipse(smp_camera *camera, const smp_head *head,
                                                         const smp_ellipse *ellipse,
                                                         const smp_pose *pose, double px_per_mm,
                                                         smp_diag *diag);

/* A head as tall as the ellipse says, for a new plan: head->height_mm and vertex_mm are set from
 * the ellipse's height over its width (kept within +-15 % of the default proportions); the rest
 * stays.
 * errors  as smp_camera_from_ellipse */
SMP_NODISCARD SMP_API smp_status smp_head_from_ellipse(smp_head *head, const smp_ellipse *ellipse,
                                                       const smp_pose *pose, smp_diag *diag);

/* The camera of the same photo after scaling by `factor` and cutting so that the pixel (left, top)
 * of the scaled picture becomes (0, 0). */
SMP_API void smp_camera_resize(smp_camera *camera, double factor, double left_px, double top_px);

/* Head frame to picture. Returns 1, or 0 where the point is behind a perspective camera (uv is then
 * 0). */
SMP_API int smp_camera_project(const smp_camera *camera, const double xyz_mm[3], double uv_px[2]);

/* Picture to the nearest point of the head's surface that is seen there, and its outward normal
 * (may be NULL). Returns 1, or 0 where the ray misses the head (or falls outside a flat patch). */
SMP_API int smp_camera_unproject(const smp_camera *camera, const smp_head *head,
                                 const double uv_px[2], double xyz_mm[3], double normal[3]);

SMP_END

#endif
