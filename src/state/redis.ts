// Conversation state on Redis: single server, Sentinel or Cluster, by the form of REDIS_URL.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { StoreDown } from '../errors.ts'
import { inTurn } from './in-turn.ts'
import type { State } from './state.ts'

/** A holder that died frees its lock after this long; a living one renews it every third of it. */
const leaseMs = 6_000
const pollMs = [5, 10, 20, 40, 80, 120]

// Deletes or renews the lock only for the one who holds it.
const scripts = {
  letGo: {
    numberOfKeys: 1,
    lua: `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`,
  },
  renew: {
    numberOfKeys: 1,
    lua: `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`,
  },
}
type Client = (Redis | Cluster) & {
  letGo(key: string, token: string): Promise<number>
  renew(key: string, token: string, ms: number): Promise<number>
}

/**
 * @param prefix keeps several installations (or test files) apart on one server
 * @param onError told of connection trouble; the client reconnects by itself
 */
export function redisState(url: string, onError: (error: Error) => void, prefix = 'guatu:'): State {
  const redis = connect(url, prefix)
  redis.on('error', onError)
  const turns = inTurn()

  // A cluster that is gone keeps its commands waiting for ever: only single connections have a time limit of their own.
  const inTime = redis instanceof Cluster ? noLaterThan(patience.commandTimeout) : undefined
  const ask = async <T>(command: Promise<T>): Promise<T> => {
    try {
      return await (inTime ? inTime(command) : command)
    } catch (error) {
      throw new StoreDown('state store out of reach', { cause: error })
    }
  }
  const locked = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const token = randomUUID()
    for (let tries = 0; !(await ask(redis.set(key, token, 'PX', leaseMs, 'NX'))); tries++)
      await sleep(pollMs[Math.min(tries, pollMs.length - 1)])
    const renewal = setInterval(() => void redis.renew(key, token, leaseMs).catch(onError), leaseMs / 3)
    try {
      return await work()
    } finally {
      clearInterval(renewal)
      // The work is done either way; a lock that could not be given back runs out by itself.
      void redis.letGo(key, token).catch(onError)
    }
  }

  return {
    async put(key, value, seconds) {
      await ask(redis.set(key, value, 'EX', seconds))
    },
    async get(key) {
      return (await ask(redis.get(key))) ?? undefined
    },
    async take(key) {
      return (await ask(redis.getdel(key))) ?? undefined
    },
    async claim(key, value, seconds) {
      return (await ask(redis.set(key, value, 'EX', seconds, 'NX'))) === 'OK'
    },
    exclusively: (key, work) => turns(key, () => locked(`lock:${key}`, work)),
    async ping() {
      await ask(redis.ping())
    },
    async close() {
      redis.disconnect()
    },
  }
}

function noLaterThan(ms: number) {
  return async <T>(command: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), ms)
    })
    return Promise.race([command, late]).finally(() => clearTimeout(timer))
  }
}

/** Fails in time for the platform to be told to deliver again: with the database it has a second (`store-trouble.ts`). */
const patience = {
  connectTimeout: 450,
  commandTimeout: 450,
  maxRetriesPerRequest: 0,
  enableOfflineQueue: true,
  enableAutoPipelining: true,
  retryStrategy: (times: number) => Math.min(times * 100, 2_000),
} satisfies RedisOptions

function connect(address: string, keyPrefix: string): Client {
  const url = new URL(address.replace(/^redis\+(sentinel|cluster):/, 'http:'))
  const nodes = [url.host, ...url.searchParams.getAll('node')].map(hostAndPort)
  const login = {
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
  }
  if (address.startsWith('redis+sentinel:')) {
    const name = url.pathname.slice(1)
    return new Redis({ ...patience, ...login, keyPrefix, scripts, sentinels: nodes, name }) as Client
  }
  if (address.startsWith('redis+cluster:'))
    return new Cluster(nodes, {
      keyPrefix,
      scripts,
      enableAutoPipelining: true,
      redisOptions: { ...patience, ...login },
    }) as Client
  return new Redis(address, { ...patience, keyPrefix, scripts }) as Client
}

function hostAndPort(node: string): { host: string; port: number } {
  const { hostname, port } = new URL(`http://${node}`)
  return { host: hostname, port: Number(port || 6379) }
}
