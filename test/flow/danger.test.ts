import { describe, expect, test } from 'vitest'
import { all, days, deeds, hours, minutes, only, player } from './play.ts'
import { dangerAfterVoice, languageList, menu, smallHouse, urgencies } from './small-house.ts'

const woman = 'danger.who [woman|man]'

function inNeed() {
  const who = player(smallHouse)
  who.says('menu')
  who.says('2')
  who.says('1')
  return who
}

describe('a strong danger phrase', () => {
  test('opens a sealed request at once and enters the neutral script, from any question (S11)', () => {
    const turn = inNeed().says('he touched me for the aid')
    expect(only(turn, 'danger_noticed')).toMatchObject({
      danger: { kind: 'sea', strength: 'strong' },
      flow: 'need',
    })
    expect(only(turn, 'request_opened')).toMatchObject({
      kind: 'complaint.sea',
      queue: 'psea',
      visibility: 'sealed',
      priority: 0,
      cause: 'danger',
      secret: { text: 'he touched me for the aid' },
    })
    expect(turn.said).toEqual(['danger.thanks', woman])
  })

  test('leaves what was open, and what was said there goes into the sealed request, not to intake', () => {
    const who = inNeed()
    expect(who.says('my roof fell down').said).toEqual([urgencies])
    const turn = who.says('i am in danger')
    expect(all(turn, 'request_opened').map(({ kind }) => kind)).toEqual(['security.threat'])
    expect(only(turn, 'request_opened').secret).toEqual({ text: 'my roof fell down\ni am in danger' })
    expect(who.session().stack.map(({ flow }) => flow)).toEqual(['danger'])
  })

  test('tells the script which danger it is (S10)', () => {
    const turn = player(smallHouse).says('my agent asks for money')
    expect(only(turn, 'request_opened').kind).toBe('complaint.fraud')
    expect(turn.said).toEqual(['danger.not_seen'])
  })

  test('in the caption of a photo counts as well', () => {
    const turn = player(smallHouse).sends({ kind: 'file', file: 'photo', text: 'he touched me' })
    expect(only(turn, 'request_opened').kind).toBe('complaint.sea')
  })

  test('added by an edit counts as well', () => {
    const turn = inNeed().sends({ kind: 'edit', text: 'he touched me' })
    expect(deeds(turn)).toEqual(['message_edited', 'danger_noticed', 'request_opened'])
  })

  test('at the very first contact comes before any welcome, which follows another day', () => {
    const who = player(smallHouse, {})
    expect(who.says('he touched me').said).toEqual(['danger.thanks', woman])
    who.says('1')
    expect(who.says('in the morning').said).toEqual(['danger.noted'])
    who.after(days)
    expect(who.says('hello').said).toEqual(['welcome.greet', languageList])
  })

  test('said again joins, and the script goes on', () => {
    const who = player(smallHouse)
    const { request } = only(who.says('he touched me'), 'request_opened')
    const again = who.says('he touched me, he did')
    expect(only(again, 'request_joined').request).toBe(request)
    expect(again.said).toEqual([woman])
    who.says('1')
    expect(who.says('after he touched me, mornings').said).toEqual(['danger.noted'])
  })

  test('said again after the script in the same words joins in silence; in other words the script comes again', () => {
    const who = player(smallHouse)
    const { request } = only(who.says('my agent asks for money'), 'request_opened')
    const again = who.says('my agent asks for money')
    expect(again.said).toEqual([])
    expect(only(again, 'request_joined').request).toBe(request)
    const other = who.says('he asks for money every day')
    expect(other.said).toEqual(['danger.not_seen'])
    expect(deeds(other)).toEqual(['danger_noticed', 'request_joined'])
  })

  test('of another kind opens a request of its own', () => {
    const who = player(smallHouse)
    who.says('he touched me')
    expect(only(who.says('i want to die'), 'request_opened').kind).toBe('protection.suicide')
  })

  test('without a script is kept all the same', () => {
    const bare = player(smallHouse.filter(({ flow }) => flow !== 'danger'))
    const turn = bare.says('he touched me')
    expect(only(turn, 'request_opened').visibility).toBe('sealed')
    expect(turn.said).toEqual(['common.kept'])
  })
})

describe('a weak danger word', () => {
  test('raises the request opened next and says nothing', () => {
    const who = inNeed()
    const noticed = who.says('i am afraid of my neighbour')
    expect(only(noticed, 'danger_noticed').danger.strength).toBe('weak')
    expect(noticed.said).toEqual([urgencies])
    expect(only(who.says('3'), 'request_opened')).toMatchObject({
      priority: 1,
      danger: { kind: 'danger_now', strength: 'weak' },
    })
  })

  test('raises the request that is open already, once', () => {
    const who = player(smallHouse)
    const { request } = only(who.says('my engine has broken down'), 'request_opened')
    const turn = who.says('and i am afraid of them')
    expect(only(turn, 'request_raised')).toMatchObject({ request, priority: 1 })
    expect(all(who.says('still afraid of them'), 'request_raised')).toEqual([])
  })

  test('raises nothing after a day', () => {
    const who = inNeed()
    who.says('i am afraid of my neighbour')
    who.after(25 * hours)
    expect(only(who.says('can_wait'), 'request_opened').priority).toBe(3)
  })
})

describe('after suicidal words (S13)', () => {
  function quiet() {
    const who = player(smallHouse)
    expect(only(who.says('i want to die'), 'request_opened').kind).toBe('protection.suicide')
    who.says('1')
    who.says('in the morning')
    return who
  }

  test('there is no menu for a day, only help and a person', () => {
    const who = quiet()
    expect(who.says('menu').said).toEqual(['common.quiet'])
    expect(who.says('follow-up').said).toEqual(['common.quiet'])
    expect(who.says('help').said).toEqual(['help.what'])
    const person = who.says('person')
    expect(deeds(person)).toEqual(['request_joined'])
    expect(person.said).toEqual(['danger.thanks', woman])
    who.says('1')
    who.says('in the evening')
    expect(who.says('hello').said).toEqual(['common.greet_morning', 'common.quiet'])
    expect(who.says('4').said).toEqual(['common.quiet'])
    who.after(days)
    expect(who.says('menu').said).toEqual([menu])
  })

  test('what is said and spoken goes to the same sealed request', () => {
    const who = player(smallHouse)
    const { request } = only(who.says('i want to die'), 'request_opened')
    who.says('00')
    expect(only(who.says('nobody is here'), 'request_joined').request).toBe(request)
    const voice = who.speaks()
    expect(only(voice, 'request_joined').request).toBe(request)
    expect(voice.said).toEqual(['common.voice_received'])
    const photo = who.sends({ kind: 'file', file: 'photo' })
    expect(only(photo, 'request_joined').request).toBe(request)
  })
})

describe('a minor (S12)', () => {
  test('who says so meets the protection flow and nothing else', () => {
    const turn = player(smallHouse).says('i am 15')
    expect(only(turn, 'request_opened')).toMatchObject({ kind: 'protection.child', visibility: 'sealed' })
    expect(turn.said).toEqual(['minor.safe [yes|no]'])
  })

  test('who is described as one is asked no more, and once', async () => {
    const { flow } = await import('./play.ts')
    const ages = flow(
      'need',
      '  - { id: a, ask: age, text: need.age, keep: age }\n  - { id: b, describe_person: { age: { answer: age } } }\n  - { id: c, ask: name, text: need.name, keep: name }',
    )
    const who = player([...smallHouse.filter((one) => one.flow !== 'need'), ages])
    who.says('menu')
    who.says('2')
    const turn = who.says('15')
    expect(only(turn, 'person_described').secret).toMatchObject({ birthYear: 2011 })
    const { request, kind } = only(turn, 'request_opened')
    expect(kind).toBe('protection.child')
    expect(only(turn, 'age_said')).toMatchObject({ request, years: 15 })
    expect(turn.said).toEqual(['minor.safe [yes|no]'])
    expect(who.says('1').said).toEqual(['minor.noted'])
  })
})

test('a voice note in the script joins the sealed request and is heard by nobody else', () => {
  const who = player(smallHouse)
  const { request } = only(who.says('he touched me'), 'request_opened')
  const turn = who.speaks()
  expect(only(turn, 'request_joined').request).toBe(request)
  expect(turn.said).toEqual(['common.voice_received', woman])
  expect(turn.said).not.toContain(dangerAfterVoice)
  who.after(minutes)
  expect(only(who.says('1'), 'answer_kept').value).toBe('woman')
})

describe('an age below eighteen that is said', () => {
  test('is told with the matter that it opens, and again with more of the same', () => {
    const who = player(smallHouse)
    const first = who.says('i am 15')
    const { request } = only(first, 'request_opened')
    expect(only(first, 'age_said')).toMatchObject({ request, years: 15 })
    expect(only(who.says('i am 15 you know'), 'age_said')).toMatchObject({ request, years: 15 })
  })

  test('is told beside a graver danger in the same words', () => {
    const turn = player(smallHouse).says('he touched me, i am 15')
    expect(only(turn, 'request_opened').kind).toBe('complaint.sea')
    expect(only(turn, 'age_said')).toMatchObject({ years: 15 })
  })

  test('tells nothing new of whom the file has as a child', () => {
    expect(all(player(smallHouse, { language: 'en', minor: true }).says('i am 15'), 'age_said')).toEqual([])
  })
})
