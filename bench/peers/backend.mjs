// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// The job as a Node backend would do it: dots drawn on a canvas as a stored sprite, laid over the photo by sharp. The same
// photo and dots as ours. Where it is less: plain alpha in sRGB instead of light through pigment, one disc for all dots,
// no tails, 8 bits throughout. The best of the tricks known to us are used: one sprite, a canvas of the dots' box alone,
// raw pixels between the two libraries, a stored overlay for another day.
import fs from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import readline from "node:readline";

const require = createRequire(process.argv[5] + "/node_modules/");
const sharp = require("sharp");
const { createCanvas, loadImage, ImageData } = require("@napi-rs/canvas");
const Poisson = require("poisson-disk-sampling");

const [width, height] = [Number(process.argv[2]), Number(process.argv[3])];
const folder = process.argv[4];
sharp.concurrency(Number(process.argv[6] ?? 1));
sharp.cache(false);
const photo = fs.readFileSync(`${folder}/photo.rgba`);
const jpeg = fs.readFileSync(`${folder}/photo.jpg`);
const bytes = fs.readFileSync(`${folder}/dots.f32`);
const dots = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const radius = (4 * width) / 4000;

let [x0, y0, x1, y1] = [width, height, 0, 0];
for (let i = 0; i < dots.length; i += 2) {
  x0 = Math.min(x0, dots[i]);
  x1 = Math.max(x1, dots[i]);
  y0 = Math.min(y0, dots[i + 1]);
  y1 = Math.max(y1, dots[i + 1]);
}
x0 = Math.max(0, Math.floor(x0 - radius - 1));
y0 = Math.max(0, Math.floor(y0 - radius - 1));
const [w, h] = [Math.min(width, Math.ceil(x1 + radius + 1)) - x0, Math.min(height, Math.ceil(y1 + radius + 1)) - y0];

const side = 2 * Math.ceil(radius) + 2;
const sprite = createCanvas(side, side);
{
  const c = sprite.getContext("2d");
  const g = c.createRadialGradient(side / 2, side / 2, 0, side / 2, side / 2, radius);
  g.addColorStop(0, "rgba(40,36,34,0.6)");
  g.addColorStop(1, "rgba(40,36,34,0)");
  c.fillStyle = g;
  c.fillRect(0, 0, side, side);
}

const layer = createCanvas(w, h);
const layerContext = layer.getContext("2d");
function overlay(alpha) {
  layerContext.clearRect(0, 0, w, h);
  layerContext.globalAlpha = alpha;
  for (let i = 0; i < dots.length; i += 2)
    layerContext.drawImage(sprite, dots[i] - x0 - side / 2, dots[i + 1] - y0 - side / 2);
  return layer.data ? layer.data() : layerContext.getImageData(0, 0, w, h).data;
}

let fade = 1;
const nextDay = () => (fade *= 0.999);
const raw = { width, height, channels: 4 };
const onTop = (data) => [{ input: Buffer.from(data.buffer ?? data, data.byteOffset ?? 0, data.length), raw: { width: w, height: h, channels: 4 }, left: x0, top: y0, premultiplied: true }];

// The photo as a canvas picture, and the day's picture drawn from it and the stored overlay.
const canvas = createCanvas(width, height);
const context = canvas.getContext("2d");
const held = createCanvas(width, height);
held.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(photo), width, height), 0, 0);
overlay(1);
const flush = () => context.getImageData(x0, y0, 1, 1); // drawing waits until pixels are asked for

const jobs = {
  "sharp-transcode": () => sharp(jpeg).jpeg({ quality: 90 }).toBuffer(),
  "sharp-render": () => sharp(photo, { raw }).composite(onTop(overlay(nextDay()))).raw().toBuffer(),
  "sharp-file-to-file": () => sharp(jpeg).composite(onTop(overlay(nextDay()))).jpeg({ quality: 90 }).toBuffer(),
  "canvas-again": () => {
    context.globalAlpha = 1;
    context.drawImage(held, 0, 0);
    context.globalAlpha = nextDay();
    context.drawImage(layer, x0, y0);
    flush();
  },
  "canvas-render": () => {
    overlay(nextDay());
    context.globalAlpha = 1;
    context.drawImage(held, 0, 0);
    context.drawImage(layer, x0, y0);
    flush();
  },
  "canvas-file-to-file": async () => {
    context.globalAlpha = 1;
    context.drawImage(await loadImage(jpeg), 0, 0);
    overlay(nextDay());
    context.drawImage(layer, x0, y0);
    return canvas.encode("jpeg", 90);
  },
  "npm-poisson": () => new Poisson({ shape: [1, 1], minDistance: Math.sqrt(0.69 / 20000), tries: 30 }).fill(),
};
for (const run of Object.values(jobs)) await run();
const version = (name) => JSON.parse(fs.readFileSync(`${process.argv[5]}/node_modules/${name}/package.json`)).version;
console.log(`# node ${process.versions.node}, sharp ${version("sharp")} (libvips ${sharp.versions.vips}), @napi-rs/canvas ` +
  `${version("@napi-rs/canvas")}, poisson-disk-sampling ${version("poisson-disk-sampling")}, ${sharp.concurrency()} thread(s)`);
console.log(["ready", ...Object.keys(jobs)].join(" "));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  await jobs[line.trim()]();
  const spent = performance.now() - begin;
  const busy = process.cpuUsage(cpu);
  console.log(`${spent.toFixed(4)} ${((busy.user + busy.system) / 1000).toFixed(4)}`);
}
