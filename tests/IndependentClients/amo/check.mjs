import assert from 'node:assert/strict'
import fs from 'node:fs'
import amo from '@shevernitskiy/amo'

const { Amo } = amo
const log = fs.readFileSync(process.argv[2], 'utf8')
const [, portal, token] = log.match(/^application: https:\/\/(\S+) (\S+)/m)
const [, client_id, client_secret, refresh_token] = log.match(/^oauth: (\S+) (\S+) (\S+)/m)
const application = { client_id, client_secret, grant_type: 'refresh_token', redirect_uri: 'https://integration.example/back' }
const granted = (access_token, expires_at) => ({ ...application, token_type: 'Bearer', expires_in: 86400, access_token, refresh_token, expires_at })
const account = new Amo(portal, granted(token, Date.now() + 86400_000))

async function refusal(call) {
  try {
    await call()
    return null
  } catch (error) {
    return error
  }
}

const checks = {
  async 'widgets are listed by page'() {
    const page = await account.widget.getWidgets({ limit: 2, page: 1 })
    assert.deepEqual(page._embedded.widgets.map(w => w.code), ['route_planner', 'sms_gate'])
    assert.match(page._links.next.href, /limit=2&page=2$/)
    const last = await account.widget.getWidgets({ limit: 2, page: 2 })
    assert.deepEqual(last._embedded.widgets.map(w => w.code), ['sip_bridge'])
    assert.equal(last._links.next, undefined)
  },
  async 'an empty page has no content'() {
    assert.match((await refusal(() => account.widget.getWidgets({ limit: 2, page: 3 }))).message, /^204 /)
  },
  async 'a widget is installed, read and taken out'() {
    const installed = await account.widget.addWidgetByCode('sip_bridge', { login: 'ada', phones: { 504141: '1039' } })
    assert.deepEqual(installed.settings, { login: 'ada', phones: { 504141: '1039' } })
    assert.equal((await account.widget.getWidgetByCode('sip_bridge')).is_active_in_account, true)
    await account.widget.deleteWidgetByCode('sip_bridge')
    assert.equal((await account.widget.getWidgetByCode('sip_bridge')).is_active_in_account, false)
  },
  async 'a refusal is a problem with its findings'() {
    const error = await refusal(() => account.widget.addWidgetByCode('sip_bridge', { phones: '1039' }))
    assert.equal(error.response.status, 400)
    assert.deepEqual(error.response['validation-errors'][0].errors.map(e => e.path), ['login', 'phones'])
    assert.equal((await refusal(() => account.widget.getWidgetByCode('nowhere'))).response.status, 404)
  },
  async 'a wrong token is refused'() {
    const stranger = new Amo(portal, granted('wrong', Date.now() + 86400_000))
    assert.equal((await refusal(() => stranger.widget.getWidgets())).response.status, 401)
  },
  async 'tokens that ended are renewed before the call'() {
    let renewed
    const late = new Amo(portal, granted(token, 0), { on_token: t => { renewed = t } })
    assert.equal((await late.widget.getWidgetByCode('sms_gate')).code, 'sms_gate')
    assert.equal(renewed.expires_in, 86400)
    assert.notEqual(renewed.refresh_token, refresh_token)
    const again = new Amo(portal, granted(token, 0))
    assert.equal((await refusal(() => again.widget.getWidgets())).response.status, 400)
  },
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`ok   ${name}`)
  } catch (error) {
    failed++
    console.log(`FAIL ${name}: ${error.stack}`)
  }
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
