/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The head in millimetres, and the camera that poses it in a photo.
 *
 * Head frame: x to the head's own left (the viewer's right in a frontal photo), y up through the
 * crown, z forward through the face; millimetres. The origin lies in the middle between left and
 * right, at the height of the tragi and half way from the glabella to the back of the head: midway
 * between the tragi, unless smp_head.ears_mm says that they sit further forward or back. So dots
 * and hairlines stay where they are when it becomes known where the ears sit. A flat patch has its
 * origin in the top left corner, x right, y down, z = 0, and its normals are (0, 0, -1),
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
    float ears_mm;   /* the tragi before the middle of the length, [-80, 80], default 0, where the
                        average head has them; a photo's landmarks alone depend on it; unused when
                        flat */
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

/* ---- a camera from points ------------------------------------------------------------------- */

/* Points of a face that have names. Left and right are the head's own. */
typedef enum smp_landmark {
    SMP_LANDMARK_GLABELLA = 0,     /* between the brows, the foremost point of the forehead */
    SMP_LANDMARK_EYE_LEFT = 1,     /* outer corner of the left eye */
    SMP_LANDMARK_EYE_RIGHT = 2,    /* outer corner of the right eye */
    SMP_LANDMARK_TRAGUS_LEFT = 3,  /* top of the small flap before the left ear's opening */
    SMP_LANDMARK_TRAGUS_RIGHT = 4, /* the same of the right ear */
    SMP_LANDMARK_NOSE_BASE = 5,    /* where the nose meets the upper lip (subnasale) */
    SMP_LANDMARK_CHIN = 6,         /* the lowest point of the chin (menton) */
    SMP_LANDMARK_COUNT = 7
} smp_landmark;

/* "glabella", "eye_left", ...; NULL for a number that is none. Static, never freed. */
SMP_API const char *smp_landmark_name(smp_landmark landmark);

/* Where a landmark lies on a head (NULL: the default one), mm. Sources: docs/model/geometry.md 6.
 * errors  SMP_ERR_ARGUMENT  the head is flat, or there is no such landmark */
SMP_NODISCARD SMP_API smp_status smp_head_landmark(const smp_head *head, smp_landmark landmark,
                                                   double xyz_mm[3], smp_diag *diag);

/* What is known of a face in a photo. A landmark counts when its visibility is above 0. */
typedef struct smp_landmarks {
    uint32_t struct_size; /* set by smp_landmarks_init() */
    uint32_t reserved;    /* 0 */
    double uv_px[14];     /* u and v of each smp_landmark in turn */
    double visibility[7]; /* [0, 1], default 0: not given; 1: seen; between, the noise is divided by
                             it; below 0.5 the point may lie on the far side */
    double noise_px;      /* one standard deviation of each coordinate, [0, 1000], default 0: 1 % of
                             the widest distance between two points, at least 0.5 */
    double spread;        /* how much of the spread among people to allow for, [0, 3], default 1; 0
                             when the landmarks were measured on this very head */
    double distance_mm;   /* from the camera to the head, [0, 1e7], default 0: weak perspective, or
                             from focal_px */
    double focal_px;      /* focal length in pixels, [0, 1e7], default 0: not known */
    double px_per_mm;     /* the scale at the head's middle, [0, 1000], default 0: not known */
    double iris_px;       /* longest diameter of an iris (11.7 mm +- 0.5), [0, 1e5], default 0 */
    double pupils_px;     /* between the pupils (63 mm +- 3.6), [0, 1e5], default 0 */
    double hint_yaw_deg, hint_pitch_deg, hint_roll_deg; /* about how the head is turned */
    double hint_sigma_deg; /* how sure that is, one standard deviation, [0, 180], default 0: no hint
                            */
} smp_landmarks;

SMP_API void smp_landmarks_init_sized(smp_landmarks *landmarks, size_t size);
#define smp_landmarks_init(landmarks) smp_landmarks_init_sized((landmarks), sizeof *(landmarks))
SMP_API const smp_field *smp_landmarks_fields(uint32_t *count);

/* How well a camera fits the points it was made from. */
typedef struct smp_camera_fit {
    uint32_t struct_size;    /* set by smp_camera_fit_init() */
    uint32_t used;           /* how many points */
    double sigma_deg[3];     /* one standard deviation of a turn about the picture's right (pitch),
                                its up (yaw) and the view (roll) */
    double rms_px;           /* of the distances between points and fit */
    double misfit;           /* the same over what noise and spread explain; about 1 */
    double head_scale;       /* how much larger this head looks than the one given, when something
                                else says the scale */
    double head_scale_sigma; /* one standard deviation of that */
    double off_px[7];        /* how far each landmark is off; 0 where not given */
} smp_camera_fit;

SMP_API void smp_camera_fit_init_sized(smp_camera_fit *fit, size_t size);
#define smp_camera_fit_init(fit) smp_camera_fit_init_sized((fit), sizeof *(fit))
SMP_API const smp_field *smp_camera_fit_fields(uint32_t *count);

/* A camera from named landmarks: pose, place, scale and how sure they are.
 *
 * head       NULL for the default head; must be an ellipsoid. The landmarks lie on it in the
 *            proportions of docs/model/geometry.md 6
 * fit        NULL, or receives how well it fits; set it up with smp_camera_fit_init()
 *
 * Four landmarks that are not in one plane suffice (docs/model/geometry.md 8 lists what does);
 * fewer need a hint. Without px_per_mm, iris_px, pupils_px, or a distance with a focal length, the
 * scale comes from the head's size.
 * errors  SMP_ERR_ARGUMENT  too few points; several poses fit, or none is certain to 15 degrees
 *                           (the words say which); points that contradict each other (the words
 *                           name the one that is most likely wrong, or which were swapped); a face
 *                           that would be seen from behind; scales that disagree; a flat head
 *         SMP_ERR_RANGE     a field out of its range */
SMP_NODISCARD SMP_API smp_status smp_camera_from_landmarks(smp_camera *camera, const smp_head *head,
                                                           const smp_landmarks *landmarks,
                                                           smp_camera_fit *fit, smp_diag *diag);

/* A head of the size and proportions that the landmarks say, for a new plan: how far they may
 * say it follows from the spread among people, what they do not show stays in proportion. Without
 * px_per_mm, iris_px or pupils_px the size stays and only proportions change.
 * errors  as smp_camera_from_landmarks */
SMP_NODISCARD SMP_API smp_status smp_head_from_landmarks(smp_head *head,
                                                         const smp_landmarks *landmarks,
                                                         smp_camera_fit *fit, smp_diag *diag);

/* The points of a face mesh of 468 points, or 478 with irises, as face trackers give them. */
typedef struct smp_face_mesh {
    const float *points; /* u, v and whatever follows of each point */
    uint32_t count;      /* 468 or 478 */
    uint32_t stride;     /* floats from one point to the next, at least 2 */
    double scale_px[2];  /* what u and v are multiplied by: 1 and 1 for pixels, the picture's width
                            and height where they run from 0 to 1 */
} smp_face_mesh;

/* A camera from a face mesh. Used are the points 8 and 9 (glabella), 263 and 33 (outer eye corners,
 * left and right), 2 (nose base), 152 (chin), 454 and 234 (the face's edge before the ears), and
 * the irises' diameters where there are 478.
 *
 * options   NULL, or noise, spread, distance and hint; the landmarks in it count too
 * errors    as smp_camera_from_landmarks; SMP_ERR_ARGUMENT for a mesh of another size */
SMP_NODISCARD SMP_API smp_status smp_camera_from_mesh(smp_camera *camera, const smp_head *head,
                                                      const smp_face_mesh *mesh,
                                                      const smp_landmarks *options,
                                                      smp_camera_fit *fit, smp_diag *diag);

/* Points whose place on the head is known. */
typedef struct smp_points {
    const double *xyz_mm; /* count triples, head frame */
    const double *uv_px;  /* count pairs */
    uint32_t count;       /* up to 48 */
    uint32_t reserved;    /* 0 */
} smp_points;

/* A camera from points whose place on the head is known: marks drawn on it, or points that
 * smp_camera_unproject gave in another photo of the same head.
 *
 * options   as for smp_camera_from_mesh; its spread does not touch these points
 * errors    as smp_camera_from_landmarks; SMP_ERR_RANGE for a point that is not finite */
SMP_NODISCARD SMP_API smp_status smp_camera_from_points(smp_camera *camera, const smp_head *head,
                                                        const smp_points *points,
                                                        const smp_landmarks *options,
                                                        smp_camera_fit *fit, smp_diag *diag);

/* Where a depth or normal map lies in the photo, and about how the head is turned in it. */
typedef struct smp_depth_desc {
    uint32_t struct_size; /* set by smp_depth_desc_init() */
    uint32_t reserved;    /* 0 */
    double origin_px[2];  /* where the grid's top left corner falls in the photo, default 0, 0 */
    double px_per_cell;   /* pixels of the photo from one cell to the next, (0, 1000], default 1 */
    double focal_px;      /* focal length in pixels of the photo, [0, 1e7], default 0: seen from far
                             away, at px_per_mm */
    double
        principal_px[2]; /* the pixel that the camera looks at; default 0, 0: the grid's middle */
    double px_per_mm;    /* of depths seen from far away, [0, 1000]; of normals: 0, the default, is
                            from the head's size */
    double hint_yaw_deg, hint_pitch_deg,
        hint_roll_deg;     /* about how the head is turned, default 0 */
    double hint_sigma_deg; /* how sure that is, one standard deviation, [1, 90], default 25 */
} smp_depth_desc;

SMP_API void smp_depth_desc_init_sized(smp_depth_desc *desc, size_t size);
#define smp_depth_desc_init(desc) smp_depth_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_depth_desc_fields(uint32_t *count);

/* A camera from a depth map: the head's surface is laid into it.
 *
 * depth   mm from the camera along its view; 0, negative or NaN where nothing was measured. What is
 *         not head should be left out; a sixth of other things (neck, ears, a nose) is borne
 * desc    needs focal_px or px_per_mm. A head is nearly the same from in front and from behind:
 *         the hint says which
 * errors  SMP_ERR_ARGUMENT  under 60 cells hold a depth; neither focal_px nor px_per_mm is given;
 *                           the depths are not those of such a head in a pose near the hint
 *         SMP_ERR_RANGE     a field out of its range */
SMP_NODISCARD SMP_API smp_status smp_camera_from_depth(smp_camera *camera, const smp_head *head,
                                                       const smp_grid *depth,
                                                       const smp_depth_desc *desc,
                                                       smp_camera_fit *fit, smp_diag *diag);

/* A camera from a map of surface normals, three grids of one size: towards the right, up and the
 * viewer; 0, 0, 0 or NaN where there is none. Lengths do not matter. For heads seen from afar.
 * errors  as smp_camera_from_depth; SMP_ERR_ARGUMENT for grids of different sizes */
SMP_NODISCARD SMP_API smp_status smp_camera_from_normals(smp_camera *camera, const smp_head *head,
                                                         const smp_grid normals[3],
                                                         const smp_depth_desc *desc,
                                                         smp_camera_fit *fit, smp_diag *diag);

/* Moves a camera a little, so that the head's outline meets the outline of the skull in the photo:
 * landmarks pose a face, and skulls sit differently behind faces. For views from the side and
 * behind.
 *
 * camera      the first guess; turned within about its pose_sigma_deg (0: 3 degrees), scaled within
 *             scale_sigma (0: not at all), shifted by some 15 mm
 * outline_px  count pairs in [6, 512] along the edge of the bare skull against what is behind it;
 *             not ears, nose, neck. A third may be wrong
 * errors      SMP_ERR_ARGUMENT  under 60 % of the points come within 10 mm; a flat head
 *             SMP_ERR_RANGE     a point that is not finite */
SMP_NODISCARD SMP_API smp_status smp_camera_refine(smp_camera *camera, const smp_head *head,
                                                   const double *outline_px, uint32_t count,
                                                   smp_camera_fit *fit, smp_diag *diag);

/* Several photos of one head, and what is known in each. */
typedef struct smp_views {
    const smp_landmarks *const *landmarks; /* NULL, or of each view; NULL where it shows no face */
    const double *outline_px; /* the edges of the bare skull, pairs, view after view; or NULL */
    const uint32_t *outline_count; /* how many pairs of each view, [0, 512]; NULL: none */
    const double *ties;            /* points seen in two views, six numbers each: the two views, u
                                      and v in the first, u and v in the second; or NULL */
    uint32_t tie_count;            /* [0, 512] */
    uint32_t count;                /* how many views, [1, 8] */
} smp_views;

/* One head and all its cameras from several photos: what a single photo cannot tell apart (how long
 * the skull is and how far back it reaches behind the ears from how the head is tilted) several do.
 * Marks, edges and ties are laid on one head at once, so that a dot falls at the same place of the
 * skin in every photo. Formulas: docs/model/geometry.md 12.
 *
 * head     the first guess, receives the head: width, height, vertex, length, widest level, ears
 * cameras  count of them: the first guesses, each within some 25 degrees and a quarter of the scale
 *          (of a view without a face from smp_camera_from_ellipse and a pose); receive the cameras.
 *          Their distance_mm stays. Where no view's landmarks tell px_per_mm the size of the head
 *          follows from the average of people
 * fits     NULL, or count of them, each set up with smp_camera_fit_init(): rms_px and misfit are
 *          of marks and ties
 * errors   SMP_ERR_ARGUMENT  no view; a flat head; a view that is left open (+- 15 degrees) or does
 *                            not fit the others (the words say which); a tie of views that are none
 *          SMP_ERR_RANGE     a field out of its range, a point that is not finite */
SMP_NODISCARD SMP_API smp_status smp_head_from_views(smp_head *head, smp_camera *cameras,
                                                     const smp_views *views, smp_camera_fit *fits,
                                                     smp_diag *diag);

/* A scale and how sure it is. */
typedef struct smp_scale {
    double px_per_mm;
    double sigma; /* one standard deviation, relative */
} smp_scale;

/* The scale from pairs of points a known distance apart, across the line of sight: a ruler.
 *
 * uv_px      u, v of the first and u, v of the second point of each pair; pairs in [1, 64]
 * noise_px   of each coordinate, [0, 1000]; 0: half a pixel
 * errors     SMP_ERR_ARGUMENT  pairs that disagree by over four standard deviations, or a pair too
 *                              close together (below five of them) */
SMP_NODISCARD SMP_API smp_status smp_scale_from_pairs(const double *uv_px,
                                                      const double *distance_mm, uint32_t pairs,
                                                      double noise_px, smp_scale *scale,
                                                      smp_diag *diag);

/* The scale from eyes: the diameter of an iris, 11.7 mm +- 0.5, and the distance between the
 * pupils, 63 mm +- 3.6, of a head that faces the camera; 0 for one that is not given.
 * errors  SMP_ERR_ARGUMENT  none is given, or the two disagree by over four standard deviations */
SMP_NODISCARD SMP_API smp_status smp_scale_from_eyes(double iris_px, double pupils_px,
                                                     smp_scale *scale, smp_diag *diag);

/* How the head is turned in a camera's photo. Straight up or down the roll is 0. */
SMP_API smp_pose smp_camera_pose(const smp_camera *camera);

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
