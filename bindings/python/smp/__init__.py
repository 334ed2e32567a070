# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
"""Scalp micropigmentation previews: a photo of a scalp and a treatment plan in, the treated picture out."""
from . import _smp
from ._context import Context, Progress, default_context, set_default_context
from ._geometry import (
    Camera,
    Ellipse,
    Head,
    Landmarks,
    Pigment,
    Pose,
    Scale,
    Skin,
    scale_from_eyes,
    scale_from_pairs,
)
from ._image import FileInfo, Image, read, read_info
from ._phantom import Phantom
from ._plan import Dots, Plan
from ._preview import Hairs, Preview, Rect, Scalp
from ._science import (
    Course,
    delta_e2000,
    dot_profile,
    fade_course,
    fade_due,
    ita_deg,
    lab_to_xyz,
    layered_reflectance,
    pigment_left,
    rgb_to_xyz,
    space_decode,
    space_encode,
    xyz_to_lab,
    xyz_to_rgb,
)
from ._smp import (
    ArgumentError,
    Array,
    CameraFit,
    CancelledError,
    Column,
    ContextOptions,
    CourseOptions,
    DecodeOptions,
    DepthOptions,
    EncodeOptions,
    Error,
    FormatError,
    Hairline,
    LayeredOptions,
    LimitError,
    OutOfMemoryError,
    PhantomOptions,
    PlanOptions,
    RangeError,
    RunnerError,
    ScalpOptions,
    Session,
    UnsupportedError,
)

__version__: str = _smp.version()

__all__ = [
    "ArgumentError",
    "Array",
    "Camera",
    "CameraFit",
    "CancelledError",
    "Column",
    "Context",
    "ContextOptions",
    "Course",
    "CourseOptions",
    "DecodeOptions",
    "DepthOptions",
    "Dots",
    "Ellipse",
    "EncodeOptions",
    "Error",
    "FileInfo",
    "FormatError",
    "Hairline",
    "Hairs",
    "Head",
    "Image",
    "Landmarks",
    "LayeredOptions",
    "LimitError",
    "OutOfMemoryError",
    "Phantom",
    "PhantomOptions",
    "Pigment",
    "Plan",
    "PlanOptions",
    "Pose",
    "Preview",
    "Progress",
    "RangeError",
    "Rect",
    "RunnerError",
    "Scale",
    "Scalp",
    "ScalpOptions",
    "Session",
    "Skin",
    "UnsupportedError",
    "default_context",
    "delta_e2000",
    "dot_profile",
    "fade_course",
    "fade_due",
    "ita_deg",
    "lab_to_xyz",
    "layered_reflectance",
    "pigment_left",
    "read",
    "read_info",
    "rgb_to_xyz",
    "scale_from_eyes",
    "scale_from_pairs",
    "set_default_context",
    "space_decode",
    "space_encode",
    "xyz_to_lab",
    "xyz_to_rgb",
]

# What is seen of a class is the package, not the file that it stands in.
for _name in __all__:
    _object = globals()[_name]
    if isinstance(_object, type) and _object.__module__.startswith("smp._"):
        _object.__module__ = "smp"
del _name, _object
