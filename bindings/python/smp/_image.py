# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Pictures: pixels in and out without copies, JPEG and PNG files.
from __future__ import annotations

import os
from typing import IO, Any, Literal, NamedTuple, Self, Unpack

from . import _enums, _smp
from ._context import Context, handle_of, number, word
from ._enums import Alpha, FileKind, Format, Space, SpaceOrigin
from ._fields import DecodeOptionsFields

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
_KINDS: dict[str, Literal["png", "jpeg"]] = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_COPY = {None: 0, True: 1, False: -1}


class FileInfo(NamedTuple):
    """What a file's header says."""

    kind: FileKind
    width: int
    height: int
    format: Format
    space: Space
    space_origin: SpaceOrigin
    orientation: int
    progressive: bool
    decode_bytes: int


def _info(values: dict[str, Any]) -> FileInfo:
    values["kind"] = word(_enums.FILE_KIND, values["kind"])
    values["format"] = word(_enums.FORMAT, values["format"])
    values["space"] = word(_enums.SPACE, values["space"])
    values["space_origin"] = word(_enums.SPACE_ORIGIN, values["space_origin"])
    return FileInfo(**values)


def _bytes_of(source: Source) -> Any:
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            return file.read()
    if isinstance(source, (bytes, bytearray, memoryview)):
        return source
    return source.read()


def _space_of_profile(icc: bytes) -> int:
    """What colour space the library recognises in a profile, sRGB where it knows none."""
    try:
        dot = _smp.Pixels((1, 1), format="rgb8", icc=icc)
        png = _smp.encode(handle_of(None), dot, _smp.EncodeOptions(kind="png"), None, None)
        return int(_smp.read_info(png)["space"])
    except _smp.Error:
        return 0


def _is_pillow(source: Any) -> bool:
    return any(cls.__module__.split(".")[0] == "PIL" for cls in type(source).__mro__)


def _from_pillow(image: Any) -> tuple[Any, bytes | None]:
    """The pixels of a Pillow picture as a buffer, and its profile."""
    if image.mode == "1":
        image = image.convert("L")
    channels = {"L": 1, "RGB": 3, "RGBA": 4}.get(image.mode)
    if channels is None:
        raise _smp.ArgumentError(f'a Pillow picture of mode "{image.mode}", want L, RGB or RGBA: convert("RGB")')
    shape = (image.height, image.width) + ((channels,) if channels > 1 else ())
    return memoryview(image.tobytes()).cast("B", shape), image.info.get("icc_profile")


class Image(_smp.Pixels):
    """A view of pixels, with what is known about them. Read it with numpy.asarray(image).

    source: anything with the buffer protocol (numpy arrays first of all) of shape (height, width),
    (height, width, 3) or (height, width, 4), uint8, uint16 or float32 (gray and bool: 8 bits only);
    or a Pillow picture. Rows may lie any distance apart, also upwards; such memory is used as it is,
    and must stay as it is while something is made from it. Where pixels of a row are not side by
    side (flipped left to right, every second pixel, Fortran order) they are copied.

    space: "srgb" unless said otherwise; float pixels are taken as "linear-srgb". alpha: "straight" or
    "premultiplied". order: "bgr" for OpenCV's arrays: three channels are copied in RGB order, four
    are used as they are. copy: True always, False never (ArgumentError where it would be needed).
    """

    info: FileInfo | None
    exif: bytes | None

    def __new__(
        cls,
        source: Any,
        *,
        space: Space | None = None,
        alpha: Alpha | None = None,
        icc: bytes | None = None,
        order: str = "rgb",
        copy: bool | None = None,
    ) -> Self:
        if order not in ("rgb", "bgr"):
            raise _smp.ArgumentError(f'order is "{order}", want rgb or bgr')
        if isinstance(source, Image):
            space = space or source.space
            alpha = alpha or source.alpha
            icc = icc or source.icc
            if source.format == "bgra8":
                order = "bgr"
        elif _is_pillow(source):
            source, profile = _from_pillow(source)
            if profile and icc is None:
                icc = profile
                space = space or word(_enums.SPACE, _space_of_profile(profile))  # type: ignore[assignment]
        self = super().__new__(
            cls,
            source,
            space=-1 if space is None else number(_enums.SPACE, space, "space"),
            alpha=-1 if alpha is None else number(_enums.ALPHA, alpha, "alpha"),
            icc=icc,
            bgr=int(order == "bgr"),
            copy=_COPY[copy],
        )
        self.info = self.exif = None
        return self

    @classmethod
    def _made(cls, source: Any, **tags: Any) -> Self:
        """Around a handle of the library, or new: source is (width, height)."""
        self = super().__new__(cls, source, **tags)
        self.info = self.exif = None
        return self

    @classmethod
    def new(cls, width: int, height: int, format: Format = "rgb8", space: Space | None = None) -> Self:
        """A black picture."""
        number(_enums.FORMAT, format, "format")
        return cls._made((width, height), format=format,
                         space=-1 if space is None else number(_enums.SPACE, space, "space"))

    @property
    def space(self) -> Space:
        """The colour space that the pixels are in."""
        return word(_enums.SPACE, self._space)  # type: ignore[return-value]

    @property
    def alpha(self) -> Alpha:
        """What the alpha channel means, where there is one."""
        return word(_enums.ALPHA, self._alpha)  # type: ignore[return-value]

    def _like(self, format: str) -> Self:
        """A new picture of this one's size and tags."""
        return self._made((self.width, self.height), format=format, space=self._space, alpha=self._alpha,
                          icc=self.icc)

    def copy(self) -> Self:
        """The same picture in memory of its own."""
        return self.convert(self.format)

    def convert(self, format: str) -> Self:
        """The same picture in another format ("rgba8", "gray8", "rgbf32" ...), in the same colour space."""
        number(_enums.FORMAT, format, "format")
        result = self._like(format)
        _smp.image_copy(self, result)
        result.info, result.exif = self.info, self.exif
        return result

    def encode(
        self,
        kind: Literal["png", "jpeg"] = "png",
        *,
        quality: int = 92,
        effort: int = 6,
        exif: bytes | None = None,
        comment: str | None = None,
        context: Context | None = None,
    ) -> bytes:
        """The picture as the bytes of a PNG or JPEG file. quality is for JPEG, effort for PNG."""
        options = _smp.EncodeOptions(kind=kind, quality=quality, effort=effort)
        data: bytes = _smp.encode(handle_of(context), self, options, exif, comment)
        return data

    def save(self, path: str | os.PathLike[str], **options: Any) -> None:
        """Writes a file; its ending, .png, .jpg or .jpeg, says which kind. Options are those of encode()."""
        ending = os.path.splitext(os.fspath(path))[1].lower()
        kind = _KINDS.get(ending)
        if kind is None:
            raise _smp.ArgumentError(f'the file name ends in "{ending}", want .png, .jpg or .jpeg')
        data = self.encode(kind, **options)
        with open(path, "wb") as file:
            file.write(data)

    def _repr_png_(self) -> bytes:
        return self.encode("png", effort=3)

    def __repr__(self) -> str:
        return f"<smp.Image {self.width} x {self.height} {self.format} {self.space}>"

    def __reduce__(self) -> tuple[Any, ...]:
        packed = self.copy()
        return _rebuild, (type(self), bytes(memoryview(packed)), packed.width, packed.height, packed.format,
                          self._space, self._alpha, self.icc, self.info, self.exif)


def _rebuild(cls: type[Image], data: bytes, width: int, height: int, format: str, space: int, alpha: int,
             icc: bytes | None, info: FileInfo | None, exif: bytes | None) -> Image:
    self = cls._made((width, height), format=format, space=space, alpha=alpha, icc=icc)
    memoryview(self).cast("B")[:] = data
    self.info, self.exif = info, exif
    return self


def as_image(source: Any) -> Image:
    """An Image as it is; anything else as Image(source) takes it."""
    return source if isinstance(source, Image) else Image(source)


def as_out(out: Any, like: Image, format: str) -> Image:
    """The caller's pixels as an Image to be written to, tagged like the photo."""
    if out is None:
        return like._like(format)
    if isinstance(out, Image):
        return out
    return Image(out, space=like.space, alpha=like.alpha, icc=like.icc, copy=False,
                 order="bgr" if format == "bgra8" else "rgb")


def as_mask(source: Any) -> Image | None:
    """A mask: any picture; bool, and floats of 0 to 1 in two dimensions, become 8 bits."""
    if source is None or isinstance(source, Image):
        return source
    return Image(source) if _is_pillow(source) else Image._made(source, mask=True)


def read(source: Source, *, context: Context | None = None, **fields: Unpack[DecodeOptionsFields]) -> Image:
    """Reads a JPEG or PNG: a path, bytes, or an open file.

    Pixels come upright, alpha straight, 16 bits kept, in the file's own colour space with its profile;
    `info` of the picture is its FileInfo, `exif` the raw block if keep_exif was set. Pictures larger
    than max_side and max_pixels allow raise LimitError before anything is decoded.
    """
    options = _smp.DecodeOptions(**fields)
    picture = _smp.decode(handle_of(context), _bytes_of(source), options)
    image = Image._made(picture)
    image.info = _info(_smp.picture_info(picture))
    image.exif = _smp.picture_exif(picture)
    return image


def read_info(source: Source) -> FileInfo:
    """What the header of a JPEG or PNG says, without decoding it."""
    return _info(_smp.read_info(_bytes_of(source)))
