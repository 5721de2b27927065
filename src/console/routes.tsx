/** Every address of the console. The web server lets only the signed-in come here, and checks the token of every form. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chooseLanguage } from '../store/staff.ts'
import { absenceRoutes } from './absence-routes.tsx'
import { actFormRoutes } from './act-form-routes.tsx'
import { adminRoutes } from './admin-routes.tsx'
import { alertRoutes } from './alert-routes.tsx'
import { approvalRoutes } from './approval-routes.tsx'
import { askingOf, type Console } from './asked.ts'
import { boxRoutes } from './box-routes.tsx'
import { bulkRoutes } from './bulk-routes.tsx'
import { calendarRoutes } from './calendar-routes.tsx'
import { campaignActRoutes } from './campaign-act-routes.tsx'
import { campaignListRoutes } from './campaign-list-routes.tsx'
import { campaignMediaRoutes } from './campaign-media-routes.tsx'
import { campaignReportRoutes } from './campaign-report-routes.tsx'
import { campaignRoutes } from './campaign-routes.tsx'
import { channelRoutes } from './channel-routes.tsx'
import { decisionRoutes } from './decision-routes.tsx'
import { deskRoutes } from './desk-routes.tsx'
import { dutyRoutes } from './duty-routes.tsx'
import { erasureRoutes } from './erasure-routes.tsx'
import { exportRoutes } from './export-routes.tsx'
import { feedbackExportRoutes } from './feedback-export-routes.ts'
import { feedbackRoutes } from './feedback-routes.tsx'
import { findRoutes } from './find-routes.tsx'
import { flowRoutes } from './flow-routes.tsx'
import { followUpRoutes } from './followup-routes.tsx'
import { readForm } from './form.ts'
import { habitRoutes } from './habit-routes.tsx'
import { hintRoutes } from './hint-routes.ts'
import { importRoutes } from './import-routes.tsx'
import { indicatorRoutes } from './indicator-routes.tsx'
import { listRoutes } from './list-routes.tsx'
import { listeningRoutes } from './listening-routes.tsx'
import { matchRoutes } from './match-routes.tsx'
import { meRoutes } from './me-routes.tsx'
import { mediaRoutes } from './media-routes.ts'
import { mentionRoutes } from './mention-routes.tsx'
import { ownCopyRoutes } from './own-copy-routes.tsx'
import { partnerRoutes } from './partner-routes.tsx'
import type { ConsoleDoor, ConsoleParts } from './parts.ts'
import { personRoutes } from './person-routes.tsx'
import { phoneRoutes } from './phone-routes.tsx'
import { makePresence } from './presence.ts'
import { queueRoutes } from './queue-routes.tsx'
import { reachRoutes } from './reach-routes.tsx'
import { readRoutes } from './read-routes.tsx'
import { logReads } from './reads.ts'
import { receptionRoutes } from './reception-routes.tsx'
import { referralRoutes } from './referral-routes.tsx'
import { replyRoutes } from './reply-routes.tsx'
import { requestRoutes } from './request-routes.tsx'
import { rumourRoutes } from './rumour-routes.tsx'
import { staffRoutes } from './staff-routes.tsx'
import { studioClipRoutes } from './studio-clip-routes.ts'
import { studioRoutes } from './studio-routes.tsx'
import { supervisionRoutes } from './supervision-routes.tsx'
import { surveyExportRoutes } from './survey-export-routes.ts'
import { surveyRoutes } from './survey-routes.tsx'
import { taskExportRoutes } from './task-export-routes.ts'
import { taskRoutes } from './task-routes.tsx'
import { templateRoutes } from './template-routes.tsx'
import { twinRoutes } from './twin-routes.tsx'

/** Mounts the console on a scope that has a door (`request.asking`), forms and form tokens. */
export function consoleRoutes(app: FastifyInstance, parts: ConsoleParts, door: ConsoleDoor): void {
  const presence = makePresence(parts.hints, parts.clock)
  app.addHook('onClose', async () => presence.close())
  const console: Console = { ...parts, ...door, presence }
  logReads(app, console)
  listRoutes(app, console)
  listeningRoutes(app, console)
  bulkRoutes(app, console)
  findRoutes(app, console)
  requestRoutes(app, console)
  actFormRoutes(app, console)
  followUpRoutes(app, console)
  referralRoutes(app, console)
  partnerRoutes(app, console)
  calendarRoutes(app, console)
  taskRoutes(app, console)
  taskExportRoutes(app, console)
  surveyRoutes(app, console)
  surveyExportRoutes(app, console)
  boxRoutes(app, console)
  replyRoutes(app, console)
  mentionRoutes(app, console)
  habitRoutes(app, console)
  personRoutes(app, console)
  erasureRoutes(app, console)
  ownCopyRoutes(app, console)
  matchRoutes(app, console)
  twinRoutes(app, console)
  adminRoutes(app, console)
  importRoutes(app, console)
  queueRoutes(app, console)
  absenceRoutes(app, console)
  exportRoutes(app, console)
  reachRoutes(app, console)
  receptionRoutes(app, console)
  staffRoutes(app, console)
  approvalRoutes(app, console)
  meRoutes(app, console)
  readRoutes(app, console)
  mediaRoutes(app, console)
  hintRoutes(app, console)
  alertRoutes(app, console)
  dutyRoutes(app, console)
  supervisionRoutes(app, console)
  studioClipRoutes(app, console)
  campaignListRoutes(app, console)
  campaignRoutes(app, console)
  campaignActRoutes(app, console)
  feedbackExportRoutes(app, console)
  feedbackRoutes(app, console)
  rumourRoutes(app, console)
  decisionRoutes(app, console)
  channelRoutes(app, console)
  phoneRoutes(app, console)
  templateRoutes(app, console)
  studioRoutes(app, console)
  campaignReportRoutes(app, console)
  indicatorRoutes(app, console)
  campaignMediaRoutes(app, console)
  flowRoutes(app, console)
  deskRoutes(app, console)
  app.post('/console/language', async (request, reply) => {
    const { language, here } = readForm(languageForm, request.body)
    await chooseLanguage(console.database.prisma, askingOf(request).staff.id, language)
    return reply.redirect(/^\/console(?:[/?][\w\-./?=&]*)?$/.test(here) ? here : '/console', 303)
  })
}

const languageForm = z.object({ language: z.enum(['fr', 'en']), here: z.string().max(500).default('') })
