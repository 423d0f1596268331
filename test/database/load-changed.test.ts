// Loading a changed workbook: what has changed is written, what was given elsewhere stays.
import { beforeEach, describe, expect, it } from 'vitest'
import { keyring } from '../../src/crypt.ts'
import { describeChanges } from '../../src/database/load.ts'
import { UserError } from '../../src/errors.ts'
import { put, smallCampaign } from '../sheet/small-campaign.ts'
import { counts, keys, onBothDatabases, options, renamedCampaign } from './loading.ts'

onBothDatabases(({ db, load, everything, revisions, units, cell }) => {
  describe('a changed file', () => {
    beforeEach(async () => {
      await load(smallCampaign())
    })

    it('gives a renamed unit a new version and closes the old one', async () => {
      const changes = await load(renamedCampaign())
      expect(counts(changes)).toEqual({ units: 'changed 1' })
      const versions = (await units('all')).filter(({ code }) => code === 'S1')
      expect(versions.map(({ name, valid_from, valid_to }) => [name, valid_from, valid_to])).toEqual([
        ['金苑社区', '2026-03-01', '2026-11-22'],
        ['金苑南社区', '2026-11-22', null],
      ])
      expect(new Set(versions.map(({ unit_id }) => unit_id)).size).toBe(1)
      expect(await revisions()).toEqual({ revision: 2, roster_version: 2, rule_version: 1 })
      expect(describeChanges(changes)).toContain('单位：新增 0，修改 1（金苑社区→金苑南社区），不变 5')
    })

    it('moves a unit to another street, and keeps it when a village becomes a community', async () => {
      const pages = put(put(smallCampaign(), '单位', 7, '上级', '汝河路街道'), '单位', 7, '级别', '社区')
      pages['任务'] = (pages['任务'] ?? []).slice(0, 4)
      pages['数据'] = (pages['数据'] ?? []).filter(([, indicator]) => indicator !== '收入')
      const changes = await load(pages)
      expect(counts(changes)).toEqual({ units: 'changed 1' })
      const all = await units()
      const moved = all.find(({ code }) => code === 'C1')
      expect(moved).toMatchObject({ name: '须水村', level: 'community' })
      expect(moved?.parent_id).toBe(all.find(({ code }) => code === 'J1')?.unit_id)
    })

    it('adds a unit that exists from today on', async () => {
      const pages = smallCampaign()
      pages['单位']?.push(['S3', '新社区', null, '社区', '须水街道', null, null])
      put(pages, '任务', 6, '单位', '新社区')
      put(pages, '任务', 6, '指标', '红色物业')
      put(pages, '任务', 6, '目标', 2)
      expect(counts(await load(pages))).toEqual({ units: 'added 1', targets: 'added 1' })
      expect((await units()).at(-1)).toMatchObject({ name: '新社区', valid_from: '2026-11-22' })
    })

    it('leaves what the file no longer mentions, and counts it', async () => {
      const pages = smallCampaign()
      pages['人员']?.pop()
      pages['任务'] = (pages['任务'] ?? []).slice(0, 4)
      pages['数据'] = (pages['数据'] ?? []).slice(0, 3)
      pages['群']?.pop()
      const before = await everything()
      const changes = await load(pages)
      const missing = Object.entries(changes).map(([kind, { kept }]) => [kind, kept.length])
      expect(Object.fromEntries(missing)).toMatchObject({
        units: 0,
        people: 1,
        targets: 1,
        chats: 1,
        reports: 7,
      })
      expect(await everything()).toBe(before)
    })

    it('knows a person by account when the name was corrected, and keeps what they reported', async () => {
      const pages = put(smallCampaign(), '人员', 5, '姓名', '张建军')
      for (const [sheet, row, column] of [
        ['任务', 2, '责任人'],
        ['数据', 2, '报送人'],
        ['数据', 3, '报送人'],
      ] as const)
        put(pages, sheet, row, column, '张建军')
      const changes = await load(pages)
      expect(counts(changes)).toEqual({ people: 'changed 1' })
      expect(changes.people.examples).toEqual(['张建国→张建军'])
      const people = await db().selectFrom('person').select('name').orderBy('id').execute()
      expect(people.map(({ name }) => name)).toEqual(['何晓雯', '刘洋', '周敏', '张建军', '李梅', '李梅'])
    })

    it('knows a person by phone when the account is new', async () => {
      const pages = put(put(smallCampaign(), '人员', 5, '钉钉账号', 'zjg'), '人员', 5, '企业微信账号', null)
      expect(counts(await load(pages))).toEqual({ people: 'changed 1' })
      const accounts = await db().selectFrom('account').select(['platform', 'userid']).execute()
      expect(accounts).toContainEqual({ platform: 'dingtalk', userid: 'zjg' })
      expect(accounts).not.toContainEqual({ platform: 'dingtalk', userid: 'zhangjianguo' })
      // The account that the file does not speak of stays.
      expect(accounts).toContainEqual({ platform: 'wecom', userid: 'zhangjianguo' })
    })

    it('does not take away a phone number or an account that was given in a chat', async () => {
      const person = await db()
        .selectFrom('person')
        .where('name', '=', '周敏')
        .select(['id', 'campaign_id'])
        .executeTakeFirstOrThrow()
      await db()
        .insertInto('account')
        .values({
          campaign_id: person.campaign_id,
          platform: 'wecom',
          userid: 'zm',
          person_id: person.id,
          created_by: 'x',
        })
        .execute()
      await db()
        .updateTable('person')
        .set({ phone: 'p', phone_mark: 'm' })
        .where('id', '=', person.id)
        .execute()
      expect(counts(await load(smallCampaign()))).toEqual({})
    })

    it('gives a person another post: the old one is closed', async () => {
      const pages = put(put(smallCampaign(), '人员', 4, '角色', '街道书记'), '人员', 4, '单位', '须水街道')
      expect(counts(await load(pages))).toEqual({ people: 'changed 1' })
      const posts = await db()
        .selectFrom('assignment')
        .innerJoin('person', 'person.id', 'assignment.person_id')
        .where('name', '=', '周敏')
        .select(['role', 'valid_to'])
        .orderBy('assignment.id')
        .execute()
      expect(posts).toEqual([
        { role: 'street_admin', valid_to: '2026-11-22' },
        { role: 'street_secretary', valid_to: null },
      ])
    })

    it('moves an account to the person that the file gives it to', async () => {
      const pages = put(smallCampaign(), '人员', 6, '钉钉账号', 'zhangjianguo')
      put(pages, '人员', 5, '钉钉账号', null)
      await load(pages)
      const owners = await db()
        .selectFrom('account')
        .innerJoin('person', 'person.id', 'account.person_id')
        .where('userid', '=', 'zhangjianguo')
        .select(['platform', 'name'])
        .orderBy('platform')
        .execute()
      expect(owners).toHaveLength(2)
      expect(counts(await load(pages))).toEqual({})
    })

    it('raises the rule version when something that totals depend on changes', async () => {
      const pages = put(put(smallCampaign(), '指标', 2, '权重', 15), '指标', 4, '权重', 25)
      expect(counts(await load(pages))).toEqual({ campaign: 'changed 1', indicators: 'changed 2' })
      expect((await revisions()).rule_version).toBe(2)
      expect(counts(await load(pages))).toEqual({})
    })

    it('does not raise the rule version for another name or alias', async () => {
      expect(counts(await load(put(smallCampaign(), '指标', 2, '简称', '红物业')))).toEqual({
        indicators: 'changed 1',
      })
      expect((await revisions()).rule_version).toBe(1)
    })

    it.each([
      ['零目标口径', '视为完成', 6],
      ['黄灯偏差', 5, 7],
      ['红灯偏差', 15, 8],
      ['一票否决', '开', 10],
      ['结束日期', '2027-01-31', 4],
    ] as const)('raises the rule version for another %s', async (item, value, row) => {
      expect(smallCampaign()['方案']?.[row - 1]?.[0]).toBe(item)
      const changes = await load(put(smallCampaign(), '方案', row, '内容', value))
      expect((await revisions()).rule_version).toBe(2)
      expect(describeChanges(changes)).toContain('规则改了，现在是第2版：升降不和以前版本的名次作比较。')
    })

    it.each([
      ['截止日期', '2026-12-01'],
      ['来源', '区定'],
      ['目标', 9],
    ] as const)('raises it for another %s of an indicator', async (column, value) => {
      await load(put(smallCampaign(), '指标', 2, column, value))
      expect((await revisions()).rule_version).toBe(2)
    })

    it('does not raise it for what no score depends on, for a unit’s own target or for points', async () => {
      await load(put(smallCampaign(), '方案', 9, '内容', '前三'))
      await load(put(smallCampaign(), '任务', 2, '目标', 8))
      await load({
        ...smallCampaign(),
        加减分: [
          ['单位', '分值', '文号'],
          ['金苑社区', 2, '通报1号'],
        ],
      })
      expect((await revisions()).rule_version).toBe(1)
    })

    it('takes over rules of the campaign', async () => {
      const pages = put(put(smallCampaign(), '方案', 9, '内容', '前三'), '方案', 5, '内容', 4)
      expect(counts(await load(pages))).toEqual({ campaign: 'changed 1' })
      const { settings, rule_version } = await db()
        .selectFrom('campaign')
        .selectAll()
        .executeTakeFirstOrThrow()
      expect([settings.ranking_visibility, rule_version]).toEqual(['top3', 4])
    })

    it('changes a target, and a cell becomes 不涉及', async () => {
      const pages = put(smallCampaign(), '任务', 2, '目标', 5)
      put(pages, '任务', 3, '不涉及原因', '没有物业')
      put(pages, '任务', 3, '批准人', '何晓雯')
      expect(counts(await load(pages))).toEqual({ targets: 'changed 2' })
      const targets = await db()
        .selectFrom('target')
        .innerJoin('unit', 'unit.id', 'target.unit_id')
        .select(['code', 'target', 'applies', 'na_reason'])
        .where('code', 'in', ['S1', 'S2'])
        .orderBy('code')
        .execute()
      expect(targets).toEqual([
        { code: 'S1', target: '5', applies: true, na_reason: null },
        { code: 'S2', target: '3', applies: false, na_reason: '没有物业' },
      ])
    })

    it('adds a new number of the past and rebuilds only its cell', async () => {
      const pages = smallCampaign()
      pages['数据']?.push(['金苑社区', '红色物业', '2026-11-21', 3, null, null, null, null])
      const before = await cell('S1', 'M3')
      expect(counts(await load(pages))).toEqual({ reports: 'added 1' })
      expect(await cell('S1', 'M1')).toMatchObject({ value: '3', as_of: '2026-11-21' })
      expect(await cell('S1', 'M3')).toEqual(before)
      expect(await revisions()).toMatchObject({ revision: 2, roster_version: 1 })
    })

    it('does not let the past replace what was reported later', async () => {
      const pages = smallCampaign()
      pages['数据']?.push(['金苑社区', '红色物业', '2026-11-05', 9, null, null, null, null])
      await load(pages)
      expect(await cell('S1', 'M1')).toMatchObject({ value: '2', as_of: '2026-11-20' })
    })

    it('corrects a number, and takes the correction back when the old file comes again', async () => {
      const corrected = put(smallCampaign(), '数据', 3, '数值', 3)
      for (const [pages, value] of [
        [corrected, '3'],
        [smallCampaign(), '2'],
        [corrected, '3'],
        [smallCampaign(), '2'],
      ] as const) {
        const changes = await load(pages)
        expect(counts(changes)).toEqual({ reports: 'changed 1' })
        expect(await cell('S1', 'M1')).toMatchObject({ value })
        expect(counts(await load(pages))).toEqual({})
      }
    })

    it('leaves a number alone that was reported in a chat since', async () => {
      const { unit_id, indicator_id, campaign_id } = await db()
        .selectFrom('report')
        .where('message_id', 'like', 'S1/M1/%')
        .selectAll()
        .executeTakeFirstOrThrow()
      await db()
        .insertInto('report')
        .values({
          ...{
            unit_id,
            indicator_id,
            campaign_id,
            op: 'add',
            value: 1,
            as_of: '2026-11-22',
            reported_at: options.now,
          },
          ...{
            platform: 'dingtalk',
            robot: 'r',
            message_id: 'm',
            raw_text: '又1个',
            status: 'accepted',
            created_by: 'x',
          },
        })
        .execute()
      await load(put(smallCampaign(), '数据', 3, '数值', 3))
      expect(await cell('S1', 'M1')).toMatchObject({ value: '3' })
    })

    it('renames a chat, keeps its robot when the file has none, and replaces it when it has another', async () => {
      const pages = put(put(smallCampaign(), '群', 2, '机器人', null), '群', 2, '密钥', null)
      expect(counts(await load(pages))).toEqual({})
      expect(counts(await load(put(pages, '群', 2, '群名', '新群名')))).toEqual({ chats: 'changed 1' })
      await load(put(pages, '群', 3, '机器人', 'key-2'))
      const chats = await db().selectFrom('chat').select(['title', 'push']).orderBy('chat_id').execute()
      expect(chats.map(({ title, push }) => [title, keys.open(push ?? '')])).toEqual([
        ['新群名', '{"token":"token-1","secret":"SEC-1"}'],
        ['区攻坚群', '{"key":"key-2"}'],
      ])
    })

    it('refuses a robot that another group has, of another campaign too, and lets two groups change theirs', async () => {
      const second = put(smallCampaign(), '方案', 2, '内容', '另一个活动')
      const [titles] = second['群'] ?? []
      second['群'] = [titles ?? [], ['钉钉', 'cid-9', '新群', '全区', 'token-1', 'SEC-9']]
      await expect(load(second)).rejects.toThrow(UserError)
      await expect(load(second)).rejects.toThrow('群「新群」的机器人已经是群「汝河路攻坚群」的')
      const pages = put(smallCampaign(), '群', 2, '机器人', 'token-2')
      pages['群']?.push(['钉钉', 'cid-9', '新群', '全区', 'token-1', 'SEC-1'])
      expect(counts(await load(pages))).toEqual({ chats: 'added 1, changed 1' })
      expect(counts(await load(pages))).toEqual({})
    })

    it('seals everything again when SECRET_KEY is another one', async () => {
      const other = keyring('another key, also long enough to be one')
      const changes = await load(smallCampaign(), { keys: other })
      expect(counts(changes)).toEqual({ people: 'changed 3', chats: 'changed 2' })
      expect(counts(await load(smallCampaign(), { keys: other }))).toEqual({})
    })
  })
})
