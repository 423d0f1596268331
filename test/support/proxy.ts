// A TCP proxy between the bot and a real server, to be cut, hung and mended: what a network does to us.
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Wire {
  port: number
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>
  /** Keeps connections open, takes new ones, and passes nothing on. */
  hang(): void
  /** Listens again, or passes on again what was held back. */
  mend(): Promise<void>
  close(): Promise<void>
}

export async function startWire(target: number): Promise<Wire> {
  const pairs = new Set<[Socket, Socket]>()
  let hanging = false
  const take = (from: Socket) => {
    const to = connect(target, '127.0.0.1')
    const pair: [Socket, Socket] = [from, to]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    if (hanging) for (const socket of pair) socket.pause()
    else from.pipe(to).pipe(from)
  }
  let server = await listen(take, 0)
  const port = portOf(server)
  const cut = async () => {
    const closed = new Promise<void>((resolve) =>
      server.listening ? server.close(() => resolve()) : resolve(),
    )
    for (const [from, to] of pairs) {
      from.destroy()
      to.destroy()
    }
    await closed
  }
  return {
    port,
    cut,
    hang() {
      hanging = true
      for (const [from, to] of pairs) {
        from.unpipe(to)
        to.unpipe(from)
        from.pause()
        to.pause()
      }
    },
    async mend() {
      if (hanging) for (const [from, to] of pairs) from.pipe(to).pipe(from)
      hanging = false
      if (!server.listening) server = await listen(take, port)
    },
    close: cut,
  }
}

/** The same address through a proxy. */
export function through(url: string, { port }: Wire): string {
  const at = new URL(url)
  at.hostname = '127.0.0.1'
  at.port = String(port)
  return at.href
}

function listen(take: (socket: Socket) => void, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(take).once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function portOf(server: Server): number {
  const at = server.address()
  return typeof at === 'object' && at ? at.port : 0
}
