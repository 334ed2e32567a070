# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Other people's pictures: Pillow, OpenCV, matplotlib, Dask. Each is skipped where it is not installed.
import io
import unittest

import smp
from common import main, needs_numpy, numpy as np, optional, pixels, small_phantom, small_preview


class Recipes(unittest.TestCase):
    def test_pillow(self):
        pil = optional("PIL.Image")
        if not pil:
            self.skipTest("Pillow is not installed")
        phantom = small_phantom()
        picture = pil.open(io.BytesIO(phantom.image.encode()))
        image = smp.Image(picture)
        self.assertEqual(pixels(image), pixels(phantom.image))
        healed = small_preview(phantom, photo=picture).render(60)
        back = pil.frombuffer("RGB", (healed.width, healed.height), healed)
        self.assertEqual(back.tobytes(), pixels(healed))
        for mode in ("L", "RGBA", "1"):
            self.assertEqual(smp.Image(picture.convert(mode)).width, 200)
        for mode in ("P", "CMYK", "I;16", "YCbCr"):
            with self.assertRaisesRegex(ValueError, "convert"):
                smp.Image(pil.new(mode, (4, 4)))
        wide = smp.Image.new(4, 4, space="display-p3").encode()
        self.assertEqual(smp.Image(pil.open(io.BytesIO(wide))).space, "display-p3")

    @needs_numpy
    def test_opencv(self):
        cv2 = optional("cv2")
        if not cv2:
            self.skipTest("OpenCV is not installed")
        phantom = small_phantom()
        bgr = cv2.imdecode(np.frombuffer(phantom.image.encode(), "u1"), cv2.IMREAD_COLOR)
        healed = small_preview(phantom, photo=smp.Image(bgr, order="bgr")).render(60)
        self.assertEqual(pixels(healed), pixels(small_preview(phantom).render(60)))
        ok, png = cv2.imencode(".png", cv2.cvtColor(np.asarray(healed), cv2.COLOR_RGB2BGR))
        self.assertTrue(ok)
        self.assertEqual(pixels(smp.read(png.tobytes())), pixels(healed))

    @needs_numpy
    def test_matplotlib(self):
        matplotlib = optional("matplotlib")
        if not matplotlib:
            self.skipTest("matplotlib is not installed")
        matplotlib.use("Agg")
        from matplotlib import pyplot

        phantom = small_phantom()
        figure, axes = pyplot.subplots(1, 2)
        shown = axes[0].imshow(phantom.image)
        axes[1].imshow(phantom.map("shading"))
        self.assertEqual(np.asarray(shown.get_array()).tobytes(), pixels(phantom.image))
        figure.canvas.draw()
        pyplot.close(figure)

    def test_dask(self):
        distributed = optional("distributed")
        if not distributed:
            self.skipTest("dask.distributed is not installed")
        from test_processes import job

        phantom = small_phantom()
        things = (smp.Plan(phantom.head), phantom.image.copy(), phantom.camera, phantom.head)
        days = [0.0, 30.0, 60.0, 365.0, 2000.0]
        with distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster, \
                distributed.Client(cluster) as client:
            found = client.gather([client.submit(job, *things, day, pure=False) for day in days])
        self.assertEqual(found, [job(*things, day) for day in days])


if __name__ == "__main__":
    main()
