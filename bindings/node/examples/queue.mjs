// SPDX-FileCopyrightText: 2026 libsmp developers
// SPDX-License-Identifier: MIT
//
// A BullMQ worker on Redis. Jobs name files, so that pictures do not pass through Redis; a job's id is the hash of what it
// is made of, so the same work is queued once; results go to a name of their own first and are then renamed, so a job
// that runs twice (Redis promises at least once) leaves the same file.
import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { Queue, UnrecoverableError, Worker } from 'bullmq'
import { decode, encode, treat } from 'libsmp'

const again = new Set(['SMP_ERR_MEMORY', 'SMP_ERR_RUNNER'])

export async function preview({ input, output, ellipse, plan, day }) {
  try {
    const photo = await decode(await readFile(input))
    const bytes = await encode(await treat(photo, { ellipse, plan, day }), { kind: 'png', comment: 'simulated' })
    const unfinished = `${output}.${randomUUID()}`
    await writeFile(unfinished, bytes)
    await rename(unfinished, output)
    return { output, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch (error) {
    throw error.code?.startsWith('SMP_') && !again.has(error.code) ? new UnrecoverableError(`${error.code}: ${error.message}`) : error
  }
}

export const queueOf = (connection, name = 'smp') => new Queue(name, { connection })
export const workerOf = (connection, name = 'smp') => new Worker(name, (job) => preview(job.data), { connection, concurrency: 2 })

export async function add(queue, data) {
  const jobId = createHash('sha256').update(await readFile(data.input)).update(JSON.stringify(data)).digest('hex')
  return queue.add('preview', data, { jobId, attempts: 3, backoff: { type: 'exponential', delay: 100 } })
}
