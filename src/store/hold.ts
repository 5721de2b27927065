/**
 * Who works in a folder. The hold is a name that the kernel keeps for a living process and drops when it dies, however
 * it dies, so a crash leaves nothing to clean up and two processes never both believe they have it. The file `baro.pid`
 * beside it only tells a person which process it is.
 */
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../failure.ts'

export type Hold = { release(): Promise<void> }

/** Holds an existing folder until released or dead; fails with `database:in_use` while another process has it. */
export async function holdFolder(folder: string): Promise<Hold> {
  const note = join(folder, 'baro.pid')
  const name = await holdName(folder)
  const server = createServer((socket) => socket.destroy())
  if (!(await listens(server, name)) && !(await takesOver(server, name))) {
    const holder = await readFile(note, 'utf8').catch(() => '')
    throw new Failure('database:in_use', { folder, process: Number.parseInt(holder, 10) || undefined })
  }
  server.unref()
  await writeFile(note, `${process.pid}\n`)
  return {
    async release() {
      await rm(note, { force: true })
      await new Promise((done) => server.close(done))
    },
  }
}

/** The folder by device and inode, so that two paths to one folder are one and two containers' `/data` are two. */
async function holdName(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true })
  const name = `baro-${dev}-${ino}`
  switch (platform()) {
    case 'linux':
      return `\0${name}`
    case 'win32':
      return `\\\\.\\pipe\\${name}`
    default:
      return join(tmpdir(), `${name}.sock`)
  }
}

function listens(server: Server, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    server.listen(name, () => {
      server.removeAllListeners('error')
      resolve(true)
    })
  })
}

/** Only where the name is a file: it outlives its process, so a name that nobody answers on is taken over. */
async function takesOver(server: Server, name: string): Promise<boolean> {
  if (!name.endsWith('.sock') || (await answers(name))) return false
  await rm(name, { force: true })
  server.removeAllListeners('error')
  return listens(server, name)
}

function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(name, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
