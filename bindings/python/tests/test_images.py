# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Pictures: strides, flips, types, files.
import io
import pathlib
import pickle
import tempfile
import unittest

import smp
from common import main, needs_numpy, numpy as np, pixels, small_phantom


class Buffers(unittest.TestCase):
    def test_without_numpy(self):
        memory = bytearray(range(2 * 3 * 3))
        image = smp.Image(memoryview(memory).cast("B", (2, 3, 3)))
        self.assertEqual((image.width, image.height, image.format, image.space), (3, 2, "rgb8", "srgb"))
        self.assertEqual(pixels(image), bytes(memory))
        memory[0] = 77
        self.assertEqual(pixels(image)[0], 77, "no copy")
        with self.assertRaises(BufferError):
            memory.append(1)  # held while the image lives

    @needs_numpy
    def test_types(self):
        for dtype, name in (("u1", "rgb8"), ("u2", "rgb16"), ("f4", "rgbf32")):
            image = smp.Image(np.ones((4, 5, 3), dtype))
            self.assertEqual(image.format, name)
            self.assertEqual(image.space, "linear-srgb" if dtype == "f4" else "srgb")
            self.assertEqual(np.asarray(image).dtype, np.dtype(dtype))
        self.assertEqual(smp.Image(np.ones((4, 5), "u1")).format, "gray8")
        self.assertEqual(smp.Image(np.ones((4, 5, 1), "u1")).format, "gray8")
        self.assertEqual(smp.Image(np.ones((4, 5, 4), "u2")).format, "rgba16")
        self.assertEqual(smp.Image(np.ones((4, 5, 4), "u1"), order="bgr").format, "bgra8")
        self.assertEqual(np.asarray(smp.Image(np.ones((4, 5), bool))).max(), 255)

    @needs_numpy
    def test_refused(self):
        for array, words in (
            (np.ones((4, 5, 3), "i8"), "want uint8, uint16, float32"),
            (np.ones((4, 5, 3), "f8"), "want uint8, uint16, float32"),
            (np.ones((4, 5, 3), ">u2"), "byte order"),
            (np.ones((4, 5), "f4"), "gray picture has 8 bits"),
            (np.ones((4, 5, 2), "u1"), "2 channels"),
            (np.ones((5,), "u1"), "1 dimensions"),
            (np.ones((2, 2, 2, 2), "u1"), "4 dimensions"),
            (np.ones((0, 5, 3), "u1"), "sides of 1 to 65535"),
            (np.ones((70000, 1, 3), "u1"), "sides of 1 to 65535"),
        ):
            with self.subTest(words), self.assertRaisesRegex(smp.ArgumentError, words):
                smp.Image(array)
        with self.assertRaises(TypeError):
            smp.Image([[1, 2, 3]])
        with self.assertRaisesRegex(ValueError, "side by side"):
            smp.Image(np.ones((4, 5, 3), "u1")[:, ::-1], copy=False)

    @needs_numpy
    def test_views(self):
        base = np.arange(12 * 10 * 3, dtype="u1").reshape(12, 10, 3)
        shared = {"crop": base[2:9, 3:8], "upside down": base[::-1], "every second row": base[::2],
                  "both": base[8:1:-3, 2:5]}
        copied = {"left to right": base[:, ::-1], "channels": base[..., ::-1], "every second": base[:, ::2],
                  "transposed": base.transpose(1, 0, 2), "fortran": np.asfortranarray(base)}
        for name, view in {**shared, **copied}.items():
            with self.subTest(name):
                image = smp.Image(view)
                self.assertTrue((np.asarray(image) == view).all())
                self.assertEqual(np.shares_memory(np.asarray(image), base), name in shared)
                self.assertTrue((np.asarray(image.copy()) == view).all())
                back = smp.read(image.encode())
                self.assertTrue((np.asarray(back) == view).all())

    @needs_numpy
    def test_unaligned(self):
        raw = np.zeros(4 * 5 * 3 * 2 + 1, "u1")
        odd = raw[1:].view("u2").reshape(4, 5, 3)
        odd[...] = 1234
        self.assertFalse(odd.flags.aligned)
        self.assertTrue((np.asarray(smp.Image(odd)) == 1234).all())

    @needs_numpy
    def test_read_only(self):
        array = np.zeros((4, 5, 3), "u1")
        array.flags.writeable = False
        image = smp.Image(array)
        self.assertTrue(image.readonly)
        with self.assertRaises(TypeError):
            memoryview(image)[0, 0, 0] = 1
        self.assertFalse(np.asarray(image).flags.writeable)
        with self.assertRaisesRegex(smp.ArgumentError, "read-only"):
            smp._smp.image_copy(image, image)

    @needs_numpy
    def test_bgr(self):
        bgr = np.zeros((4, 5, 3), "u1")
        bgr[..., 0] = 200
        image = smp.Image(bgr, order="bgr")
        self.assertEqual(np.asarray(image)[0, 0].tolist(), [0, 0, 200])

    @needs_numpy
    def test_pixels_outlive(self):
        view = np.asarray(small_phantom().image)
        self.assertEqual(view.shape, (144, 200, 3))
        self.assertGreater(int(view.astype(int).sum()), 0)
        self.assertFalse(view.flags.writeable)


class Files(unittest.TestCase):
    def test_round_trip(self):
        photo = small_phantom().image
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.png")
            photo.save(path)
            for source in (path, str(path), path.read_bytes(), bytearray(path.read_bytes()),
                           memoryview(path.read_bytes()), io.BytesIO(path.read_bytes())):
                image = smp.read(source)
                self.assertEqual(pixels(image), pixels(photo))
            self.assertEqual((image.info.kind, image.info.width, image.info.space), ("png", 200, "srgb"))
            self.assertEqual(smp.read_info(path), image.info)
            photo.save(pathlib.Path(folder, "a.JPG"), quality=80)
            self.assertEqual(smp.read_info(pathlib.Path(folder, "a.JPG")).kind, "jpeg")
            with self.assertRaisesRegex(ValueError, "want .png"):
                photo.save(pathlib.Path(folder, "a.gif"))
            with self.assertRaises(FileNotFoundError):
                smp.read(pathlib.Path(folder, "none.png"))

    def test_metadata(self):
        exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
        data = small_phantom().image.encode("jpeg", exif=exif, comment="simulated")
        self.assertIn(b"simulated", data)
        self.assertIsNone(smp.read(data).exif)
        self.assertTrue(smp.read(data, keep_exif=True).exif.startswith(b"II*\0"))

    def test_damaged(self):
        data = small_phantom().image.encode()
        with self.assertRaises(smp.FormatError):
            smp.read(data[:-20])
        with self.assertRaises(smp.UnsupportedError) as caught:
            smp.read(b"GIF89a" + bytes(100))
        self.assertIsInstance(caught.exception, NotImplementedError)
        self.assertEqual(caught.exception.status, "SMP_ERR_UNSUPPORTED")
        with self.assertRaises(smp.LimitError):
            smp.read(data, max_side=100)
        with self.assertRaises(smp.LimitError):
            smp.read(data, context=smp.Context(memory_budget=10000))

    def test_spaces_and_formats(self):
        photo = smp.Image.new(8, 6, "rgba16", space="display-p3")
        back = smp.read(photo.encode())
        self.assertEqual((back.format, back.space, back.info.space_origin), ("rgba16", "display-p3", "from_icc"))
        self.assertTrue(back.icc)
        self.assertEqual(back.convert("rgb8").icc, back.icc)
        for name in ("gray8", "bgra8", "rgbf32"):
            self.assertEqual(back.convert(name).format, name)
        with self.assertRaisesRegex(ValueError, "want one of"):
            back.convert("rgb10")
        with self.assertRaisesRegex(ValueError, "want one of"):
            smp.Image.new(8, 6, space="cmyk")

    def test_pickle_and_notebook(self):
        photo = smp.read(small_phantom().image.encode())
        other = pickle.loads(pickle.dumps(photo))
        self.assertEqual(pixels(other), pixels(photo))
        self.assertEqual((other.info, other.space, other.format), (photo.info, photo.space, photo.format))
        self.assertTrue(photo._repr_png_().startswith(b"\x89PNG"))
        self.assertEqual(repr(photo), "<smp.Image 200 x 144 rgb8 srgb>")


if __name__ == "__main__":
    main()
