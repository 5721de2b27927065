/** The pages beside the requests, in the order of the rail, each with who finds it there. */
import { mayApprove } from '../core/approval.ts'
import type { Staff } from '../core/staff.ts'
import { answersForWords } from '../core/studio.ts'
import { countsAny, hasContent } from '../store/access.ts'
import { seesFeedback } from '../store/access-feedback.ts'
import { mayAudit } from '../store/reads.ts'
import { mayWrite, seesCampaigns } from '../turn/act-campaign.ts'
import { keepsPartners, mayImport, mayListen } from './allowed.ts'
import type { IconName } from './pages/icon.tsx'

export type RailPlace = {
  readonly href: string
  readonly icon: IconName
  /** Key of its name in `console.json`. */
  readonly text: string
  /** Whether it is shown to them; the page itself asks again. */
  readonly isFor: (staff: Staff) => boolean
  /** Opened every day: always in sight. */
  readonly daily?: true
}

export const railPlaces: readonly RailPlace[] = [
  {
    href: '/console/listening',
    icon: 'microphone',
    text: 'listening.title',
    isFor: mayListen,
    daily: true,
  },
  { href: '/console/calendar', icon: 'clock', text: 'calendar.title', isFor: hasContent, daily: true },
  { href: '/console/tasks', icon: 'checks', text: 'task.title', isFor: hasContent, daily: true },
  { href: '/console/desk', icon: 'chat', text: 'chat.title', isFor: hasContent },
  { href: '/console/duty', icon: 'bell', text: 'duty.title', isFor: () => true },
  { href: '/console/supervision', icon: 'chart', text: 'supervision.place', isFor: countsAny, daily: true },
  { href: '/console/indicators', icon: 'chart', text: 'indicators.title', isFor: countsAny },
  { href: '/console/campaigns', icon: 'horn', text: 'campaign.title', isFor: seesCampaigns, daily: true },
  { href: '/console/feedback', icon: 'chat', text: 'feedback.title', isFor: seesFeedback, daily: true },
  { href: '/console/rumours', icon: 'chat', text: 'rumour.title', isFor: mayWrite },
  { href: '/console/decisions', icon: 'checks', text: 'decision.title', isFor: seesCampaigns },
  { href: '/console/reception', icon: 'hand', text: 'reception.rail', isFor: hasContent, daily: true },
  { href: '/console/cards', icon: 'card', text: 'card.rail', isFor: hasContent },
  { href: '/console/twins', icon: 'person', text: 'twins.title', isFor: hasContent },
  { href: '/console/export', icon: 'leave', text: 'export.rail', isFor: hasContent },
  { href: '/console/import', icon: 'take', text: 'import.rail', isFor: mayImport },
  { href: '/console/partners', icon: 'hand', text: 'referral.partners', isFor: keepsPartners },
  {
    href: '/console/surveys',
    icon: 'pen',
    text: 'survey.title',
    isFor: (staff) => hasContent(staff) || staff.roles.includes('admin'),
  },
  { href: '/console/replies', icon: 'pen', text: 'replies.title', isFor: () => true },
  { href: '/console/studio', icon: 'microphone', text: 'studio.title', isFor: () => true },
  { href: '/console/flows', icon: 'checks', text: 'studio.flows_title', isFor: answersForWords },
  { href: '/console/keys', icon: 'keyboard', text: 'keys.title', isFor: () => true },
  {
    href: '/console/absences',
    icon: 'clock',
    text: 'lists.absences',
    isFor: () => true,
  },
  {
    href: '/console/admin',
    icon: 'gear',
    text: 'frame.admin',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('supervisor'),
  },
  {
    href: '/console/admin/staff',
    icon: 'person',
    text: 'admin.staff',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('supervisor'),
  },
  {
    href: '/console/channels',
    icon: 'sending',
    text: 'channels.title',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('supervisor'),
  },
  {
    href: '/console/channels/whatsapp',
    icon: 'phone',
    text: 'phone.rail',
    isFor: ({ roles }) => roles.includes('admin'),
  },
  {
    href: '/console/templates',
    icon: 'file',
    text: 'templates.title',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('officer'),
  },
  { href: '/console/approvals', icon: 'shield', text: 'account.approval.title', isFor: mayApprove },
  { href: '/console/reads', icon: 'list', text: 'account.reads.title', isFor: mayAudit },
  { href: '/console/me', icon: 'card', text: 'account.me.title', isFor: () => true },
]
