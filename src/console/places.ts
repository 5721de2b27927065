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
  /** What people come for; opened every day: always in sight. */
  readonly group: RailGroup
}

/** Under what the pages stand that are not opened every day, in this order. */
export const railGroups = ['people', 'reports', 'texts', 'team', 'settings'] as const
export type RailGroup = 'daily' | (typeof railGroups)[number]

export const railPlaces: readonly RailPlace[] = [
  {
    href: '/console/listening',
    icon: 'microphone',
    text: 'listening.title',
    isFor: mayListen,
    group: 'daily',
  },
  { href: '/console/calendar', icon: 'clock', text: 'calendar.title', isFor: hasContent, group: 'daily' },
  { href: '/console/tasks', icon: 'checks', text: 'task.title', isFor: hasContent, group: 'daily' },
  { href: '/console/desk', icon: 'chat', text: 'chat.title', group: 'team', isFor: hasContent },
  { href: '/console/duty', icon: 'bell', text: 'duty.title', group: 'team', isFor: () => true },
  {
    href: '/console/supervision',
    icon: 'chart',
    text: 'supervision.place',
    isFor: countsAny,
    group: 'daily',
  },
  {
    href: '/console/indicators',
    icon: 'chart',
    text: 'indicators.title',
    group: 'reports',
    isFor: countsAny,
  },
  { href: '/console/campaigns', icon: 'horn', text: 'campaign.title', isFor: seesCampaigns, group: 'daily' },
  { href: '/console/feedback', icon: 'chat', text: 'feedback.title', isFor: seesFeedback, group: 'daily' },
  { href: '/console/rumours', icon: 'chat', text: 'rumour.title', group: 'reports', isFor: mayWrite },
  {
    href: '/console/decisions',
    icon: 'checks',
    text: 'decision.title',
    group: 'reports',
    isFor: seesCampaigns,
  },
  { href: '/console/reception', icon: 'hand', text: 'reception.rail', isFor: hasContent, group: 'daily' },
  { href: '/console/cards', icon: 'card', text: 'card.rail', group: 'people', isFor: hasContent },
  { href: '/console/twins', icon: 'person', text: 'twins.title', group: 'people', isFor: hasContent },
  { href: '/console/export', icon: 'leave', text: 'export.rail', group: 'people', isFor: hasContent },
  { href: '/console/import', icon: 'take', text: 'import.rail', group: 'people', isFor: mayImport },
  {
    href: '/console/partners',
    icon: 'hand',
    text: 'referral.partners',
    group: 'people',
    isFor: keepsPartners,
  },
  {
    href: '/console/surveys',
    icon: 'pen',
    text: 'survey.title',
    group: 'people',
    isFor: (staff) => hasContent(staff) || staff.roles.includes('admin'),
  },
  { href: '/console/replies', icon: 'pen', text: 'replies.title', group: 'texts', isFor: () => true },
  { href: '/console/studio', icon: 'microphone', text: 'studio.title', group: 'texts', isFor: () => true },
  {
    href: '/console/flows',
    icon: 'checks',
    text: 'studio.flows_title',
    group: 'texts',
    isFor: answersForWords,
  },
  { href: '/console/keys', icon: 'keyboard', text: 'keys.title', group: 'settings', isFor: () => true },
  {
    href: '/console/absences',
    icon: 'clock',
    text: 'lists.absences',
    group: 'team',
    isFor: () => true,
  },
  {
    href: '/console/admin',
    icon: 'gear',
    text: 'frame.admin',
    group: 'settings',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('supervisor'),
  },
  {
    href: '/console/admin/staff',
    icon: 'person',
    text: 'admin.staff',
    group: 'team',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('supervisor'),
  },
  {
    href: '/console/channels',
    icon: 'sending',
    text: 'channels.title',
    group: 'settings',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('supervisor'),
  },
  {
    href: '/console/channels/whatsapp',
    icon: 'phone',
    text: 'phone.rail',
    group: 'settings',
    isFor: ({ roles }) => roles.includes('admin'),
  },
  {
    href: '/console/templates',
    icon: 'file',
    text: 'templates.title',
    group: 'texts',
    isFor: ({ roles }) => roles.includes('admin') || roles.includes('officer'),
  },
  {
    href: '/console/approvals',
    icon: 'shield',
    text: 'account.approval.title',
    group: 'team',
    isFor: mayApprove,
  },
  { href: '/console/reads', icon: 'list', text: 'account.reads.title', group: 'team', isFor: mayAudit },
  { href: '/console/me', icon: 'card', text: 'account.me.title', group: 'settings', isFor: () => true },
]
