// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// An upload service: POST /preview?cx=..&cy=..&rx=..&ry=..&day=60 with a JPEG or PNG as body, back comes the treated JPEG.
// Limits: bytes of an upload, pixels (decided from the header), memory, time, and how many wait: who comes when the queue
// is full is sent away with 503 and Retry-After instead of piling up.
import Fastify from 'fastify'
import { Context, decode, encode, treat } from 'libsmp'

export function service({ maxBytes = 20e6, maxPixels = 30e6, timeLimit = 20000, atOnce = 2, waiting = 16, memoryBudget = 2 ** 30 } = {}) {
  const app = Fastify({ bodyLimit: maxBytes, requestTimeout: 30000 })
  const context = new Context({ memoryBudget })
  const queue = []
  let running = 0

  // A place to work in, or nothing when too many wait already.
  function enter(signal) {
    if (running < atOnce) {
      running++
      return Promise.resolve(true)
    }
    if (queue.length >= waiting) return Promise.resolve(false)
    return new Promise((resolve, reject) => {
      const place = { resolve, reject }
      queue.push(place)
      signal.addEventListener('abort', () => {
        const i = queue.indexOf(place)
        if (i >= 0) queue.splice(i, 1)[0].reject(signal.reason)
      }, { once: true })
    })
  }
  function leave() {
    const next = queue.shift()
    if (next) next.resolve(true)
    else running--
  }

  const number = { type: 'number' }
  const query = { type: 'object', required: ['cx', 'cy', 'rx', 'ry'], additionalProperties: false,
    properties: { cx: number, cy: number, rx: number, ry: number, day: { type: 'number', minimum: 0, maximum: 36500, default: 60 } } }

  app.addContentTypeParser(['image/jpeg', 'image/png'], { parseAs: 'buffer' }, (request, body, done) => done(null, body))
  app.get('/health', async () => ({ running, waiting: queue.length, memory: context.memory }))
  app.post('/preview', { schema: { querystring: query } }, async (request, reply) => {
    const gone = new AbortController()
    reply.raw.on('close', () => reply.raw.writableFinished || gone.abort(new Error('the client has left')))
    const limit = setTimeout(() => gone.abort(Object.assign(new Error('took too long'), { name: 'TimeoutError' })), timeLimit)
    const run = { signal: gone.signal, context }
    let inside = false
    try {
      inside = await enter(gone.signal)
      if (!inside) return reply.code(503).header('retry-after', '2').send({ error: 'busy' })
      const { cx, cy, rx, ry, day } = request.query
      const photo = await decode(request.body, { maxPixels, ...run })
      const treated = await treat(photo, { ellipse: { cxPx: cx, cyPx: cy, rxPx: rx, ryPx: ry }, day, ...run })
      const bytes = await encode(treated, { kind: 'jpeg', comment: 'simulated', ...run })
      return reply.type('image/jpeg').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    } catch (error) {
      const status = { SMP_ERR_FORMAT: 400, SMP_ERR_ARGUMENT: 400, SMP_ERR_RANGE: 400, SMP_ERR_LIMIT: 413, SMP_ERR_UNSUPPORTED: 415, SMP_ERR_MEMORY: 503 }
      if (error.name === 'TimeoutError') return reply.code(503).send({ error: error.message })
      return reply.code(status[error.code] ?? 500).send({ error: error.message, code: error.code })
    } finally {
      clearTimeout(limit)
      if (inside) leave()
    }
  })
  return app
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(await service().listen({ port: Number(process.env.PORT ?? 3000) }))
