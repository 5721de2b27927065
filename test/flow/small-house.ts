/** A small set of flows that has everything the engine enters by itself. */
import type { Flow } from '../../src/flow/definition.ts'
import { flow } from './play.ts'

export const smallHouse: readonly Flow[] = [
  flow(
    'welcome',
    `
  - { id: greet, say: welcome.greet }
  - { id: language, enter: language }
  - { id: agreed, ask: yes_no, text: welcome.agree, keep: agreed, strict: true }
  - { id: which, when: [{ if: { answer: agreed, is: 'no' }, next: refused }] }
  - { id: given, record_consent: { item: keep_data, answer: given, text: welcome.agree } }
  - { id: heard, when: [{ if: { answer: said, kept: true }, next: open }] }
  - { id: tell, ask: text, text: welcome.tell, keep: said }
  - { id: open, open_request: { kind: unclear, text: { answer: said } } }
  - { id: noted, say: welcome.noted, next: done }
  - { id: refused, record_consent: { item: keep_data, answer: refused, text: welcome.agree } }
  - { id: bye, say: welcome.refused }
  - { id: done, end: done }`,
  ),
  flow(
    'menu',
    `
  - id: top
    ask: choice
    text: menu.title
    keep: wish
    choices:
      - { value: followup, text: menu.followup, words: [follow_up], next: followup }
      - { value: need, text: menu.need, words: [need], next: need }
      - { value: private, text: menu.private, next: private }
      - { value: where, text: menu.where, words: [where], next: where }
  - { id: followup, enter: followup, next: done }
  - { id: need, enter: need, next: done }
  - { id: private, enter: private, next: done }
  - { id: where, show_requests: { one: menu.one, none: menu.none } }
  - { id: done, end: done }`,
  ),
  flow(
    'followup',
    `
  - { id: sure, ask: yes_no, text: followup.sure, keep: sure }
  - { id: which, when: [{ if: { answer: sure, is: 'no' }, next: menu }] }
  - { id: open, open_request: { kind: request.followup, text: { answer: said } } }
  - { id: ask, ask_follow_up: true }
  - { id: noted, say: followup.noted, next: done }
  - { id: menu, end: menu }
  - { id: done, end: done }`,
  ),
  flow(
    'need',
    `
  - { id: there, when: [{ if: { answer: category, kept: true }, next: tell }] }
  - { id: category, ask: choice, text: need.category, keep: category, choices: [{ value: health, text: need.health }, { value: food, text: need.food }, { value: housing, text: need.housing }] }
  - { id: tell, ask: text, text: need.tell, help: need.tell_help, keep: story }
  - { id: urgency, ask: choice, text: need.urgency, keep: urgency, choices: [{ value: today, text: need.today }, { value: this_week, text: need.week }, { value: can_wait, text: need.wait }] }
  - { id: open, open_request: { kind: request.need, category: { answer: category }, urgency: { answer: urgency }, text: { answer: story } } }
  - { id: record, record_need: { category: { answer: category }, urgency: { answer: urgency }, text: { answer: story } } }
  - { id: noted, say: need.noted }
  - { id: name, ask: name, text: need.name, keep: name, optional: true }
  - { id: thanks, say: need.thanks }`,
  ),
  flow(
    'private',
    `
  - { id: who, ask: choice, text: private.who, keep: who, choices: [{ value: woman, text: private.woman }, { value: man, text: private.man }] }
  - { id: tell, ask: text, text: private.tell, keep: story }
  - { id: open, open_request: { kind: complaint.service, text: { answer: story } } }
  - { id: noted, say: private.noted }`,
    'sensitive: true',
  ),
  flow(
    'language',
    `
  - { id: ask, ask: choice, text: language.ask, keep: language, choices: [{ value: fr, text: language.fr }, { value: bm, text: language.bm }, { value: en, text: language.en }] }
  - { id: set, set_language: { answer: language } }
  - { id: said, say: language.set }`,
  ),
  flow('help', '  - { id: a, say: help.what }'),
  flow(
    'help_me',
    `
  - { id: danger, ask: yes_no, text: help_me.danger, keep: now }
  - { id: which, when: [{ if: { answer: now, is: 'no' }, next: fine }] }
  - { id: open, open_request: { kind: security.threat } }
  - { id: script, enter: danger, with: { kind: danger_now }, next: done }
  - { id: fine, enter: help }
  - { id: done, end: done }`,
    'sensitive: true',
  ),
  flow(
    'person',
    '  - { id: open, open_request: { kind: request.person } }\n  - { id: noted, say: person.noted }',
  ),
  flow(
    'stop',
    `
  - { id: campaigns, stop_messages: campaigns }
  - { id: more, ask: choice, text: stop.done, keep: stop, choices: [{ value: fine, text: stop.fine, next: done }, { value: everything, text: stop.all, next: all }] }
  - { id: all, stop_messages: all }
  - { id: said, say: stop.all }
  - { id: done, end: done }`,
  ),
  flow('start', '  - { id: a, start_messages: true }\n  - { id: b, say: start.done }'),
  flow(
    'danger',
    `
  - { id: which, when: [{ if: { answer: kind, is: fraud }, next: fraud }] }
  - { id: thanks, say: danger.thanks }
  - { id: who, ask: choice, text: danger.who, keep: who, choices: [{ value: woman, text: danger.woman }, { value: man, text: danger.man }] }
  - { id: when, ask: text, text: danger.when, keep: safe_time }
  - { id: noted, say: danger.noted, next: done }
  - { id: fraud, say: danger.not_seen }
  - { id: done, end: done }`,
    'sensitive: true',
  ),
  flow(
    'minor',
    '  - { id: safe, ask: yes_no, text: minor.safe, keep: safe }\n  - { id: noted, say: minor.noted }',
    'sensitive: true',
  ),
  flow(
    'voice',
    `
  - { id: danger, ask: choice, text: voice.danger, keep: now, choices: [{ value: now, text: voice.yes, next: open }, { value: fine, text: voice.no, next: fine }] }
  - { id: open, open_request: { kind: security.threat } }
  - { id: script, enter: danger, with: { kind: danger_now }, next: done }
  - { id: fine, say: voice.fine }
  - { id: done, end: done }`,
  ),
  flow(
    'speaker',
    `
  - { id: who, ask: choice, text: speaker.who, keep: who, choices: [{ value: same, text: speaker.same, next: same }, { value: another, text: speaker.other, next: other }] }
  - { id: same, change_speaker: same, next: done }
  - { id: other, change_speaker: other }
  - { id: welcome, enter: welcome }
  - { id: done, end: done }`,
    'sensitive: true',
  ),
]

/** Where each menu door and first question of the small house say. */
export const menu = 'menu.title [followup|need|private|where]'
export const categories = 'need.category [health|food|housing]'
export const urgencies = 'need.urgency [today|this_week|can_wait]'
export const languageList = 'language.ask [fr|bm|en]'
export const dangerAfterVoice = 'voice.danger [now|fine]'
