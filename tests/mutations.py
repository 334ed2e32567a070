# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Mistakes that the tests must catch: file, text that stands in it exactly once, what replaces it, and the test that has
# to fail. "builds": the mutation must not compile. Whoever changes such a line changes it here too.

MUTATIONS = [
    # ---- what a build, a kernel or an interface must not do
    ("CMakeLists.txt", "-ffp-contract=off", "-ffp-contract=fast -mfma", "test_kernels"),
    ("libsmp/kernels/k_fir.c", "sum = sum + taps[k] * (*(in + i - k * step) + in[i + k * step]);",
     "sum = __builtin_fmaf(taps[k], *(in + i - k * step) + in[i + k * step], sum);", "test_kernels"),
    ("libsmp/kernels/k_fir.c", "i + SMPK_LANES <= n", "i < n", "test_kernels"),
    ("libsmp/kernels/k_fir.c", "out[i] = sum;", "{ float expf(float x); out[i] = expf(sum); }", "lint_kernels"),
    ("libsmp/kernels/kernels.def", "SMPK_KERNEL(under,",
     "SMPK_KERNEL(unheard, (float *x))\nSMPK_KERNEL(under,", "builds"),
    ("libsmp/kernels/k_compose.c", "compose_channel(vi_right(pixel, 8)", "compose_channel(vi_right(pixel, 16)",
     "test_kernels"),
    ("libsmp/kernels/k_splat.c", "return vf_mul(vf_mul(t4, t2), t);", "return vf_mul(vf_mul(t4, t2), t2);", "test_kernels"),
    ("libsmp/kernels/k_splat.c", "vf_add(job->a, vf_mul(job->b, t))",
     "vf_add(job->b, vf_mul(job->a, t))", "test_kernels"),
    ("libsmp/kernels/k_through.c", "vf_set1(0.0625f)", "vf_set1(0.0635f)", "test_kernels"),
    ("libsmp/kernels/k_place.c", "vf_mul(vf_set1(3.0f), flat)", "vf_mul(vf_set1(3.1f), flat)", "test_kernels"),
    ("libsmp/base/context.c", "smp_isa smp_context_isa(",
     "SMP_API int smp_unlisted(void);\nint smp_unlisted(void)\n{\n    return 1;\n}\n\nsmp_isa smp_context_isa(",
     "abi_symbols"),
    ("libsmp/base/context.c", "static const char *const isa_names[]", "static const char *isa_names[]", "lint_globals"),
    ("libsmp/color/lab.c", '#include "base/math.h"', '#include "base/math.h"\n#include "render/preview.h"',
     "lint_rooms"),
    ("include/smp/plan.h", "    float dose;           /* implanted",
     "    float more;\n    float dose;           /* implanted",
     "abi_fields"),
    ("include/smp/image.h", "uint32_t effort;", "float effort;", "abi_fields"),

    # ---- base
    ("libsmp/base/context.c", "held > ctx->budget - size", "held > ctx->budget", "test_base_context"),
    ("libsmp/base/context.c", "    account_give(ctx, size);\n    return SMP_ERR_MEMORY;", "    return SMP_ERR_MEMORY;",
     "test_alloc"),
    ("libsmp/base/context.c", "return a != 0 && b > SIZE_MAX / a;", "return 0;", "test_base_context"),
    ("libsmp/base/context.c", "return b > SIZE_MAX - a;", "return b >= SIZE_MAX - a;", "test_base_context"),
    ("libsmp/base/fields.c", "return value >= min && value <= max;", "return !(value < min || value > max);",
     "test_base_fields"),
    ("libsmp/base/fields.c", "        if (bytes[i])\n", "        if (bytes[i] > 255)\n", "test_base_fields"),
    ("libsmp/base/fields.c", "*size > SMPI_DESC_MAX ||", "", "test_base_fields"),
    ("libsmp/base/fields.c", "memcpy(dst, src, size < dst_size ? size : dst_size);", "memcpy(dst, src, dst_size);",
     "test_base_fields"),
    ("libsmp/base/random.h", "0xff51afd7ed558ccd", "0xff51afd7ed558ccc", "test_base_random"),
    ("libsmp/base/math.c", "return x < 0.0 ? 0.0 : x; /* the second is NaN */", "return 0.0;", "test_math"),
    ("libsmp/base/run.c", "return ran == SMP_OK && smpi_atomic_get(&g.called) == count ? SMP_OK : SMP_ERR_RUNNER;",
     "return ran;", "test_base_run"),
    ("libsmp/base/run.c", "while (mine < seen &&", "while (mine > seen &&", "test_base_run"),
    ("libsmp/base/pool.c", "    smpi_signal_all(&pool->wake);\n    smpi_lock_give(&pool->lock);\n",
     "    smpi_signal_all(&pool->wake);\n", "test_base_pool"),
    ("libsmp/base/pool.c", "if (i >= j->count)", "if (i > j->count)", "test_base_pool"),

    # ---- color
    ("libsmp/color/lab.c", "sc = 1 + 0.045 * c", "sc = 1 + 0.0454 * c", "test_color"),
    ("libsmp/color/space.c", "x <= 0.04045 ? x / 12.92", "x <= 0.04045 ? x / 12.9", "test_color"),

    # ---- image
    ("libsmp/image/orient.c", "return (steps){h - 1, h, -1};", "return (steps){0, h, 1};", "test_codec_facts"),
    ("libsmp/image/decode.c", "if (pixels > desc->max_pixels)", "if (pixels >= desc->max_pixels)", "test_codec_damage"),
    ("libsmp/image/decode.c", "info->width > desc->max_side || info->height > desc->max_side",
     "info->width > desc->max_side", "test_codec_damage"),
    ("libsmp/image/decode.c", "    smpi_free(ctx, p->icc, p->icc_room);\n", "", "test_codec_memory"),
    ("libsmp/image/walk_png.c", "if (smpi_crc(at + 4, s->size + 4) != smpi_be32(at + 8 + s->size))", "if (0)",
     "test_codec_damage"),
    ("libsmp/image/write_png.c", "row[i] = (uint8_t)(v >> 8);", "row[i] = (uint8_t)v;", "test_codec_roundtrip"),
    ("libsmp/image/write_png.c", "(left[i] ^ above[i]) >> 1", "(left[i] ^ above[i]) >> 2", "test_codec_roundtrip"),
    ("libsmp/image/read_png.c", "pa <= least ? a : bc", "pa < least ? a : bc", "test_codec_filters"),
    ("libsmp/image/exif.c", "facts->adobe_rgb = space == 2;", "facts->adobe_rgb = space == 3;", "test_codec_curves"),
    ("libsmp/image/view.c", "image->stride < row && image->stride > -row", "image->stride < row", "test_image"),
    ("libsmp/image/view.c", "if (alpha[i] == 0.0f)", "if (alpha[i] == 1.0f)", "test_image"),
    ("libsmp/image/icc.c", "read_at(p, at + 12, b, 2) ? smpi_pow(x, smpi_be16(b) / 256.0)",
     "read_at(p, at + 12, b, 2) ? smpi_pow(x, smpi_be16(b) / 230.0)", "test_codec_curves"),
    ("libsmp/image/icc.c", "smpi_be16(b) * (1.0 - f) + smpi_be16(b + 2) * f",
     "smpi_be16(b) * f + smpi_be16(b + 2) * (1.0 - f)",
     "test_codec_curves"),
    ("libsmp/image/rows.c", "(float)row[4 * (size_t)i + 3] / 255.0f", "(float)row[4 * (size_t)i + 2] / 255.0f",
     "test_image"),

    # ---- optics
    ("libsmp/optics/dot_fit.c", "-0.11245f,\n        },\n    .tail =\n        {\n            -3.64455f,",
     "-0.11245f,\n        },\n    .tail =\n        {\n            -3.28f,", "test_optics_dot"),
    ("libsmp/optics/dot_fit.c", "-0.0735618f,  0.00355913f,", "-0.0835618f,  0.00355913f,", "test_optics_dot_looks"),
    ("libsmp/optics/dot_law.c", "#define SPREAD 9.0f", "#define SPREAD 9.9f", "test_optics_dot_mc"),
    ("libsmp/optics/skin.c", "(1 - smpi_exp(-x)) / x", "(1 - 1.1 * smpi_exp(-x)) / x", "test_optics_skin"),
    ("libsmp/optics/skin.c", "    SMPI_NEED(rgb_lin, diag);\n", "", "test_optics_skin"),

    # ---- geometry
    ("libsmp/geometry/camera_make.c", "rotation[3 + i] = cr * y[i] - sr * x[i];",
     "rotation[3 + i] = cr * y[i] + sr * x[i];", "test_geometry_turns"),
    ("libsmp/geometry/solve.c", "smpi_acos(0.5 * (trace - 1.0))", "smpi_acos(0.5 * (trace - 0.99))",
     "test_geometry_turns"),
    ("libsmp/geometry/head.c", "(double)head->vertex_mm - up", "(double)head->vertex_mm - 1.01 * up", "test_geometry"),

    # ---- plan
    ("libsmp/plan/measure.c", "#define DOTS 14000.0", "#define DOTS 14140.0", "test_plan_measure"),
    ("libsmp/plan/measure.c", "dots += top[g] - (g ? top[g - 1] : 0.0);", "dots += top[g];", "test_plan_measure"),
    ("libsmp/plan/warn.c", "#define DENSE 200.0f", "#define DENSE 210.0f", "test_plan_measure"),
    ("libsmp/plan/density.c", "found = depth > 0.0 ? i + 1 : found;", "found = depth > 0.0 && !found ? i + 1 : found;",
     "test_plan_parts"),
    ("libsmp/plan/density.c", "density *= missing > blend ? missing : blend;", "density *= missing;",
     "test_plan_pattern"),
    ("libsmp/plan/place.c", "own.shape == SMP_SHAPE_FLAT", "0", "test_plan_curve"),

    ("libsmp/plan/json_write.c", "const int most = single ? 9 : 17;", "const int most = single ? 7 : 15;",
     "test_plan_json"),

    # ---- synthesis
    ("libsmp/synthesis/choice.c", "while (!(threshold < tops[i]))\n        i++;", "i = 0;", "test_dots_plan"),
    ("libsmp/synthesis/near.c", "        if (from < 0) {\n            from += cells;",
     "        if (from < -1) {\n            from += cells;", "test_synthesis_places"),

    # ---- ageing
    ("libsmp/ageing/pace.c", "1.1, 1.0, 1.8, 3.0, 2.6, 0.6", "1.1, 1.0, 1.8, 3.1, 2.6, 0.6", "test_ageing_figures"),
    ("libsmp/ageing/pace.c", "1.0 + 0.2 * h->lifestyle", "1.0 + 0.21 * h->lifestyle", "test_ageing_figures"),
    ("libsmp/ageing/heal.c", "#define SHED_LAST 10.0", "#define SHED_LAST 10.5", "test_ageing_figures"),
    ("libsmp/ageing/laser.c", "#define SHIELD_DOSE 16.0", "#define SHIELD_DOSE 17.0", "test_ageing_figures"),
    ("libsmp/ageing/laser.c", "    SMPI_TRY(smpi_pigment_make(pigment, &spectra, diag));",
     "    (void)smpi_pigment_make(pigment, &spectra, diag);", "test_ageing_figures"),
    ("libsmp/ageing/dots.c", "day >= -1 && day <= 36500", "day >= -1", "test_ageing_figures"),

    # ---- scalp
    ("libsmp/scalp/law.c", "last = x + k + 1;", "last = x + k;", "test_scalp_edge"),
    ("libsmp/scalp/law.c", "done:\n    smpi_free(scalp->ctx, job.span, spans * sizeof *job.span);", "done:",
     "test_alloc"),

    ("libsmp/scalp/shine.c", "#define MOST 0.6f", "#define MOST 0.7f", "test_scalp_figures"),
    ("libsmp/scalp/sharp.c", "#define SECOND 0.5118f", "#define SECOND 0.55f", "test_scalp_figures"),

    # ---- render
    ("libsmp/render/scar.c", "share_of(f->bare, f->lab, lightness, redness,",
     "share_of(f->bare, f->lab, redness, lightness,",
     "test_golden"),
    ("libsmp/render/stubble.c", "#define LEAN_DEG 40.0", "#define LEAN_DEG 60.0", "test_golden"),
    ("libsmp/render/tail.c", "node_sigmas[2] = {0.98,", "node_sigmas[2] = {1.50,", "test_tail"),
    ("libsmp/render/render.c", "const float held = t < 1.0f ? t : 1.0f;", "const float held = t;", "test_render_time"),
    ("libsmp/render/render.c", "sooner((block + 1) * SMPI_BAND_ROWS, region->y + region->height)",
     "(block + 1) * SMPI_BAND_ROWS", "test_render"),

    # ---- phantom
    ("libsmp/phantom/finish.c", "column[i] += j ? 0.25f * v : v;", "column[i] += j ? 0.30f * v : v;", "test_phantom"),
    # ---- the host's floating-point environment
    ("libsmp/base/guard.c", "(_mm_getcsr() & CONTROL) != USUAL || fegetround() != FE_TONEAREST", "0", "test_base_guard"),
    ("libsmp/base/run.c", "(void)smpi_float_enter(); /* whatever", "/* whatever", "test_base_guard"),
    ("libsmp/base/run.c", "(void)smpi_float_enter(); /* as after", "/* as after", "test_base_guard"),
]
