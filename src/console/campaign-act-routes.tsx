/** What staff do with a campaign once it is written: agree, give back, stop, go on; and its way, watched. */
import type { FastifyInstance } from 'fastify'
import { againOf, progressOf } from '../store/campaign-progress.ts'
import {
  approveCampaign,
  type CampaignDeed,
  type CampaignDesk,
  cancelCampaign,
  correctCampaign,
  giveBackCampaign,
  pauseCampaign,
  resumeCampaign,
  retryCampaign,
  withdrawCampaign,
} from '../turn/act-campaign.ts'
import { askingOf, type Console, sendPart, tokenOf, wordsOf } from './asked.ts'
import { loadCampaignView } from './campaign-load.ts'
import { deskOf, idOf, sendAlone, sendCampaign } from './campaign-show.tsx'
import { FormFault, readKey, readNote } from './form.ts'
import { ProgressPanel } from './pages/campaign-progress.tsx'
import { Standing } from './pages/campaign-standing.tsx'
import { faultOf } from './trouble.ts'

const base = '/console/campaigns'

const acts: Readonly<Record<string, (desk: CampaignDesk, deed: CampaignDeed) => Promise<unknown>>> = {
  approve: approveCampaign,
  return: (desk, deed) => {
    if (deed.note === undefined) throw new FormFault('campaign.fault.why')
    return giveBackCampaign(desk, deed)
  },
  withdraw: withdrawCampaign,
  pause: pauseCampaign,
  resume: resumeCampaign,
  retry: retryCampaign,
  cancel: cancelCampaign,
}

export function campaignActRoutes(app: FastifyInstance, console: Console): void {
  for (const [name, act] of Object.entries(acts)) {
    app.post(`${base}/:id/${name}`, async (request, reply) => {
      const { staff } = askingOf(request)
      const view = await loadCampaignView(console, staff, idOf(request))
      try {
        const note = readNote(request.body)
        const deed = { staff, campaign: view.campaign.id, form: readKey(request.body) }
        await act(deskOf(console), { ...deed, ...(note ? { note } : {}) })
        return reply.redirect(`${base}/${view.campaign.id}`, 303)
      } catch (error) {
        const told = faultOf(error, wordsOf(console, request))
        if (!told) throw error
        const now = await loadCampaignView(console, staff, idOf(request))
        return sendCampaign(console, request, reply.code(told.status), { view: now, fault: told.fault })
      }
    })
  }
  // The key of the form is the id of the correction: pressed twice, it makes one.
  app.post(`${base}/:id/correct`, async (request, reply) => {
    const { staff } = askingOf(request)
    const { campaign } = await loadCampaignView(console, staff, idOf(request))
    const id = readKey(request.body)
    const name = wordsOf(console, request).t('campaign.correction_of', { name: campaign.name }).slice(0, 120)
    const deed = { staff, campaign: id, form: console.clock.id(), wrong: campaign.id }
    await correctCampaign(deskOf(console), deed, name)
    return reply.redirect(`${base}/${id}`, 303)
  })
  app.get(`${base}/:id/progress`, async (request, reply) => {
    const view = await loadCampaignView(console, askingOf(request).staff, idOf(request))
    if (!view.campaign.releasedAt) return reply.code(204).send()
    const { database, clock } = console
    const progress = await progressOf(database.pool, view.campaign.id, clock.now())
    const part = ProgressPanel({ words: wordsOf(console, request), view, progress })
    return sendAlone(console, request, reply, { part, title: view.campaign.name })
  })
  app.get(`${base}/:id/standing`, async (request, reply) => {
    const view = await loadCampaignView(console, askingOf(request).staff, idOf(request))
    const { seen } = request.query as { seen?: unknown }
    // What is open in it stays open.
    if (seen === String(view.campaign.version)) return reply.code(204).send()
    const { database, clock } = console
    const again = view.campaign.releasedAt ? await againOf(database.pool, view.campaign.id) : 0
    const shown = { view, newKey: () => clock.id(), again }
    const words = wordsOf(console, request)
    return sendPart(reply, Standing({ words, token: tokenOf(request, reply), ...shown }))
  })
}
