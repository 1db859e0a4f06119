import assert from 'node:assert/strict'
import fs from 'node:fs'
import { B24Hook, B24OAuth, EnumAppStatus } from '@bitrix24/b24jssdk'

const log = fs.readFileSync(process.argv[2], 'utf8')
const b24 = B24Hook.fromWebhookUrl(log.match(/^webhook: (\S+)/m)[1])
const [, portal, token] = log.match(/^application: (\S+) (\S+)/m)
const { v2, v3 } = b24.actions

async function rows(pages) {
  const all = []
  for await (const page of pages)
    all.push(...page)
  return all
}

async function refusal(call) {
  try {
    const result = await call()
    return result.isSuccess ? null : result.getErrorMessages().join()
  } catch (error) {
    return error.code
  }
}

const checks = {
  async 'a deal is added, changed, read and deleted'() {
    const id = (await v2.call.make({ method: 'crm.deal.add', params: { fields: { TITLE: 'A', OPPORTUNITY: 5 } } })).getData().result
    assert.ok((await v2.call.make({ method: 'crm.deal.update', params: { id, fields: { TITLE: 'B' } } })).getData().result)
    assert.equal((await v2.call.make({ method: 'crm.deal.get', params: { id } })).getData().result.TITLE, 'B')
    assert.ok((await v2.call.make({ method: 'crm.deal.delete', params: { id } })).getData().result)
    // Deals are refused without a code; this is the SDK's word for it.
    assert.equal(await refusal(() => v2.call.make({ method: 'crm.deal.get', params: { id } })), 'ERR_BAD_REQUEST')
  },
  async 'a method that does not exist is refused'() {
    assert.equal(await refusal(() => v2.call.make({ method: 'crm.deal.nothing' })), 'ERROR_METHOD_NOT_FOUND')
  },
  async '150 deals are added in batches and listed in three ways'() {
    for (let part = 0; part < 3; part++) {
      const calls = Array.from({ length: 50 }, (_, i) => ({ method: 'crm.deal.add', params: { fields: { TITLE: `D${i}` } } }))
      assert.ok((await v2.batch.make({ calls, options: { isHaltOnError: true } })).isSuccess)
    }

    const page = await v2.call.make({ method: 'crm.deal.list', params: { select: ['ID'] } })
    assert.deepEqual([page.getTotal(), page.getData().result.length], [150, 50])
    assert.equal((await v2.callList.make({ method: 'crm.deal.list', params: { select: ['ID'] } })).getData().length, 150)
    assert.equal((await rows(v2.fetchList.make({ method: 'crm.deal.list', params: { select: ['ID'] }, idKey: 'ID' }))).length, 150)
  },
  async 'a batch refers to earlier results and tells each failure'() {
    const id = (await v2.call.make({ method: 'crm.deal.add', params: { fields: { TITLE: 'R' } } })).getData().result
    const calls = {
      one: { method: 'crm.deal.get', params: { id } },
      same: { method: 'crm.deal.list', params: { filter: { ID: '$result[one][ID]' } } },
      none: { method: 'disk.folder.get', params: { id: 987654 } },
    }
    const batch = await v2.batch.make({ calls, options: { isHaltOnError: false, returnAjaxResult: true } })
    assert.equal(batch.getErrorMessages().length, 1)
    assert.equal(batch.getData().same.getData().result.length, 1)
  },
  async '120 calls go in chunks'() {
    const calls = Array.from({ length: 120 }, () => ['crm.deal.list', { select: ['ID'] }])
    assert.equal((await v2.batchByChunk.make({ calls, options: { isHaltOnError: true } })).getData().length, 120)
  },
  async 'tasks are listed by the id they answer with'() {
    await v2.call.make({ method: 'tasks.task.add', params: { fields: { TITLE: 'T', RESPONSIBLE_ID: 1 } } })
    assert.equal((await v2.callList.make({ method: 'tasks.task.list', params: { select: ['ID', 'TITLE'] }, idKey: 'id', customKeyForResult: 'tasks' })).getData().length, 1)
  },
  async 'the portal says who calls and how it is'() {
    assert.equal((await v2.call.make({ method: 'user.current' })).getData().result.ID, '1')
    assert.ok((await v2.call.make({ method: 'scope' })).getData().result.includes('crm'))
    assert.equal(await b24.tools.healthCheck.make({ requestId: 'health' }), true)
  },
  async 'REST 3.0: a task is added, read by selection and deleted'() {
    const id = (await v3.call.make({ method: 'tasks.task.add', params: { fields: { title: 'T', creatorId: 1, responsibleId: 1 } } })).getData().result.item.id
    assert.deepEqual((await v3.call.make({ method: 'tasks.task.get', params: { id, select: ['id', 'title'] } })).getData().result.item, { id, title: 'T' })
    assert.equal((await v3.call.make({ method: 'tasks.task.delete', params: { id } })).getData().result.result, true)
    assert.ok(await refusal(() => v3.call.make({ method: 'tasks.task.get', params: { id, select: ['id'] } })))
  },
  async 'REST 3.0: a batch, a list and a tail'() {
    const id = (await v3.call.make({ method: 'tasks.task.add', params: { fields: { title: 'T', creatorId: 1, responsibleId: 1 } } })).getData().result.item.id
    const calls = [['tasks.task.get', { id, select: ['id'] }], ['tasks.task.get', { id, select: ['title'] }]]
    assert.deepEqual((await v3.batch.make({ calls, options: { isHaltOnError: true } })).getData(), [{ item: { id } }, { item: { title: 'T' } }])
    assert.deepEqual((await v3.callList.make({ method: 'tasks.task.list', params: { select: ['id'], filter: [['id', '>=', id]] }, idKey: 'id', customKeyForResult: 'items' })).getData(), [{ id }])
    assert.ok((await v3.callTail.make({ method: 'main.eventlog.tail', params: { select: ['id'], filter: [] }, customKeyForResult: 'items' })).isSuccess)
  },
  async 'an application signs in with its token'() {
    const domain = new URL(portal).host
    const expires = Math.floor(Date.now() / 1000) + 3600
    const app = new B24OAuth({
      applicationToken: 'x', userId: 1, memberId: 'm', accessToken: token, refreshToken: 'r', expires, expiresIn: 3600, scope: 'crm', domain,
      clientEndpoint: `${portal}/rest/`, serverEndpoint: `${portal}/rest/`, status: EnumAppStatus?.Local ?? 'L', issuer: 'store',
    }, { clientId: 'c', clientSecret: 's' })
    assert.deepEqual((await app.actions.v2.call.make({ method: 'biconnector.connector.list' })).getData().result, [])
  },
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`passed: ${name}`)
  } catch (error) {
    failed++
    console.log(`FAILED: ${name}\n${error.stack}`)
  }
}

console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
