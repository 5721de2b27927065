/** The order of matching, and everything that is neither a number, a date, a place nor a yes. */
import { describe, expect, test } from 'vitest'
import { squash } from '../../../src/flow/answer/fold.ts'
import type { Expected } from '../../../src/flow/answer/heard.ts'
import { universals } from '../../../src/flow/answer/heard.ts'
import { answerTo, expecting, hear, kept, list, menu, needs, typists, understanding } from './words.ts'

const text = expecting('text')
const { commands } = understanding

describe('universal words', () => {
  test.each(universals)(
    'every word of "%s" works outside questions and in every kind of question',
    (word) => {
      const { fr, en, bm, typed } = commands[word]
      const spelt = bm.flatMap((each) => typists.map((type) => type(each)))
      const questions: (Expected | undefined)[] = [
        undefined,
        menu,
        expecting('yes_no'),
        expecting('place'),
        expecting('phone'),
        expecting('date'),
        expecting('case_number'),
      ]
      for (const said of [...fr, ...en, ...bm, ...typed, ...spelt]) {
        // In a list the word may be its first line: there it is asked back (number.test.ts).
        const first = word === 'menu' && squash(said) === squash('fɔlɔ')
        for (const question of first ? questions.filter((one) => one !== menu) : questions) {
          for (const language of ['fr', 'bm', 'en'] as const) {
            expect([said, question?.ask, hear(said, question, language)]).toEqual([
              said,
              question?.ask,
              { is: 'universal', word },
            ])
          }
        }
      }
    },
  )

  test.each([
    ['0', 'menu'],
    ['00', 'leave'],
    ['STOP', 'stop'],
    ['Stop svp', 'stop'],
    ['stop s’il vous plaît', 'stop'],
    ['je ne veux plus de messages', 'stop'],
    ['A dabila', 'stop'],
    ['/start', 'start'],
    ['/menu', 'menu'],
    ['ARRET', 'stop'],
    ['AIDE!', 'help'],
    ['dɛmɛ', 'help'],
    ['n dɛmɛ', 'help_me'],
    ["n'deme", 'help_me'],
    ['au secours !!!', 'help_me'],
    ['help me', 'help_me'],
    ['Agent', 'person'],
    ['je veux parler a mon agent', 'person'],
    ['je veu parlé a kelkun', 'person'],
    ['i wan talk to my case worker', 'person'],
    ["n b'a fɛ ka kuma ni baarakɛla ye", 'person'],
    ["c'est gratuit ?", 'help'],
    ['who are you', 'help'],
    ['i no fit read', 'by_voice'],
    ['parler à un agent', 'person'],
    ['QUIT', 'stop'],
    ['répéter', 'repeat'],
  ])('%s is %s in a list and outside', (said, word) => {
    expect(hear(said, menu)).toEqual({ is: 'universal', word })
    expect(hear(said)).toEqual({ is: 'universal', word })
  })

  test('they count as the whole message only', () => {
    for (const said of [
      "je ne veux pas d'aide d'un agent de la mairie",
      'le menu du jour était bon',
      'retour de Libye',
    ]) {
      expect(hear(said).is).not.toBe('universal')
      expect(answerTo(text, said)).toEqual({ is: 'text', value: said })
    }
  })

  test('French and English ones are compared before folding: kit is no quit', () => {
    expect(hear('quit')).toEqual({ is: 'universal', word: 'stop' })
    expect(hear('kit')).toEqual({ is: 'concept', concept: 'work' })
  })

  test('a choice that names a control word means it for its list', () => {
    const stopping = list(
      ['all', ['Tout arrêter', 'Bɛɛ dabila', 'Stop all'], ['stop']],
      ['none', ['Non', 'Ayi', 'No']],
    )
    expect(kept(stopping, 'stop')).toBe('all')
  })

  test('digits are answers where digits are asked', () => {
    expect(kept(expecting('number'), '0')).toBe(0)
    expect(kept(expecting('case_number'), '0')).toBe('0')
    for (const ask of ['number', 'age', 'date', 'phone', 'case_number', 'text', 'name', 'place'] as const) {
      expect(hear('00', expecting(ask))).toEqual({ is: 'universal', word: 'leave' })
    }
    for (const ask of [
      'choice',
      'yes_no',
      'text',
      'name',
      'voice',
      'place',
      'age',
      'date',
      'phone',
    ] as const) {
      expect([ask, hear('0', expecting(ask))]).toEqual([ask, { is: 'universal', word: 'menu' }])
    }
  })
})

describe('a line of a list', () => {
  test.each([
    ['kôlôsili', 'followup'],
    ['KOLOSSILI', 'followup'],
    ['suivi', 'followup'],
    ['Suivi de mon dossier', 'followup'],
    ['follow-up', 'followup'],
    ['N mago fo', 'need'],
    ['besoin', 'need'],
    ['problème', 'problem'],
    ['gèlèya', 'problem'],
    ['une plainte', 'problem'],
    ['kounafoni', 'info'],
    ['information svp', 'info'],
    ['parler', 'person'],
    ['bonjour, je veux un suivi', 'followup'],
    ['do were', 'more'],
    ['autre chose', 'more'],
    ["j'ai besoin de nourriture", 'need'],
  ])('%s chooses %s in the menu', (said, value) => {
    for (const language of ['fr', 'bm', 'en'] as const)
      expect([language, kept(menu, said, language)]).toEqual([language, value])
  })

  test.each([
    ['doumouni', 'food'],
    ['kongo', 'food'],
    ['santé', 'health'],
    ['je suis malade', 'health'],
    ['dokotoro', 'health'],
    ['bara', 'work'],
    ['djago', 'work'],
    ['sebenw', 'papers'],
    ['carte NINA', 'papers'],
    ['dembaya', 'family'],
    ['hami', 'worries'],
    ['lakoli', 'school'],
    ['logement', 'housing'],
    ['wèrè', 'other'],
  ])('%s chooses %s among the needs', (said, value) => expect(kept(needs, said, 'bm')).toBe(value))

  test('a word that two lines share chooses neither', () => {
    const two = list(['a', ['Un agent de OIM', '', '']], ['b', ['Un agent partenaire', '', '']])
    expect(kept(two, 'un agent de')).toBeUndefined()
    expect(kept(two, 'partenaire')).toBe('b')
  })

  test('one letter wrong is asked back, and the word asked back chooses it', () => {
    for (const [said, value] of [
      ['nourritude', 'food'],
      ['formasion', 'training'],
      ['logemant', 'housing'],
      ['quatte', 'work'],
      ['dumunu', 'food'],
    ] as const) {
      const heard = hear(said, needs)
      expect([said, heard]).toEqual([said, expect.objectContaining({ is: 'doubt', value })])
      expect(kept(needs, heard.is === 'doubt' ? heard.text : '')).toBe(value)
    }
  })

  test('a slip is never taken, and short words have none', () => {
    expect(hear('santo', needs)).toMatchObject({ is: 'doubt' })
    expect(hear('baru', needs).is).not.toBe('answer')
    expect(hear('fama', needs)).toEqual({ is: 'nothing' })
  })

  test('a long story that names a line is asked back, not taken', () => {
    const story = "mon enfant est très malade depuis hier, pas d'argent"
    expect(hear(story, needs).is).not.toBe('answer')
  })

  test('a word of another list is told as a concept', () => {
    expect(hear('santé', menu)).toEqual({ is: 'concept', concept: 'health' })
    expect(hear('kôlôsili', needs)).toEqual({ is: 'concept', concept: 'followup' })
  })

  test('a language is chosen where languages are asked, and asked for elsewhere', () => {
    const which = list(
      ['fr', ['Français', 'Tubabukan', 'French'], ['french']],
      ['bm', ['Bambara', 'Bamanankan', 'Bambara'], ['bambara']],
      ['en', ['Anglais', 'Angilɛkan', 'English'], ['english']],
    )
    for (const [said, value] of [
      ['bamanankan', 'bm'],
      ['Français', 'fr'],
      ['toubaboukan', 'fr'],
      ['english', 'en'],
      ['2', 'bm'],
    ] as const) {
      expect(kept(which, said)).toBe(value)
    }
    expect(hear('bambara')).toEqual({ is: 'universal', word: 'language', named: 'bambara' })
    expect(hear('english', menu)).toEqual({ is: 'universal', word: 'language', named: 'english' })
    expect(hear('langue', menu)).toEqual({ is: 'universal', word: 'language' })
  })
})

describe('greetings and thanks', () => {
  test.each([
    ['i ni sɔgɔma', 'morning'],
    ['ini sogoma', 'morning'],
    ['inisôgôma', 'morning'],
    ['aw ni sogoma', 'morning'],
    ['I ni tile', 'midday'],
    ['i ni wula', 'afternoon'],
    ['ini wla', 'afternoon'],
    ['i ni sou', 'evening'],
    ['bonsoir', 'evening'],
    ['bonjour', 'any'],
    ['Bonjour madame', 'any'],
    ['salut ça va ?', 'any'],
    ['salam aleikoum', 'any'],
    ['hello', 'any'],
    ['good morning sir', 'morning'],
    ['i ni wula, i ka kɛnɛ wa?', 'afternoon'],
    ['bonjour, i ni sogoma', 'morning'],
  ])('%s is a greeting, in a list and in a free question too', (said, greeting) => {
    for (const question of [undefined, menu, text, expecting('name')]) {
      expect([said, hear(said, question)]).toEqual([said, { is: 'greeting', greeting }])
    }
  })

  test.each([
    'merci',
    'Merci beaucoup madame',
    'abarika',
    'thank you very much',
    'barika',
    'aw ni ce kosɛbɛ',
  ])('%s is thanks', (said) => {
    expect(hear(said)).toEqual({ is: 'thanks' })
    expect(hear(said, menu)).toEqual({ is: 'thanks' })
  })

  test.each(['i ni ce', 'inice', 'ini tché', 'i ni tie', 'aw ni ce'])(
    '%s greets when nothing is open, and thanks otherwise',
    (said) => {
      expect(hear(said)).toEqual({ is: 'greeting', greeting: 'any' })
      expect(hear(said, menu)).toEqual({ is: 'thanks' })
    },
  )

  test('praise beside thanks is thanks, and names no need', () => {
    const praise = { is: 'thanks', praise: true }
    expect(hear('aw ni ce kosɛbɛ, an ka baara bɛ taa ɲɛ')).toEqual(praise)
    expect(hear('merci, mon commerce marche bien')).toEqual(praise)
    expect(hear('merci beaucoup pour votre aide')).toEqual(praise)
  })

  test('signs without a word are heard too', () => {
    for (const said of ['🙏', '🙏🏾🙏🏾', '❤️']) expect(hear(said), said).toEqual({ is: 'thanks' })
    for (const said of ['?', '???', '...', '?!'])
      expect(hear(said, menu), said).toEqual({ is: 'universal', word: 'repeat' })
    expect(hear('🚜')).toEqual({ is: 'nothing' })
  })

  test('thanks before a wish does not hide the wish', () => {
    expect(hear("merci, j'ai besoin de nourriture")).toEqual({ is: 'concept', concept: 'food' })
    expect(kept(menu, 'bonjour madame, 3 svp')).toBe('problem')
  })
})

describe('what is said outside every question', () => {
  test.each([
    ['kôlôsili', 'followup'],
    ['je veux un suivi', 'followup'],
    ['besoin', 'need'],
    ["j'ai faim", 'food'],
    ['dumuni', 'food'],
    ['wari', 'money'],
    ['wari nafolo tchi', 'money'],
    ['santé', 'health'],
    ['n bɛ dogotoro fɛ', 'health'],
    ['information', 'information'],
    ['effacez mes données', 'my_data'],
    ['nimero koura', 'contact_change'],
    ['mon commerce marche bien', 'praise'],
    ['où est ma demande ?', 'status'],
  ])('%s is %s', (said, concept) => expect(hear(said)).toEqual({ is: 'concept', concept }))

  test('a sensitive word is no concept by itself', () => {
    for (const said of ['viol', 'violence', 'police', 'peur', 'mort'])
      expect(hear(said)).toEqual({ is: 'nothing' })
  })

  test('a story, several needs at once and unknown words are for a person to read', () => {
    for (const said of [
      'mon moteur est tombé en panne',
      "mon enfant est malade et je n'ai pas d'argent pour l'école",
      'xyz',
      '',
      '   ',
      'Hadamarenmu su na saareene',
    ]) {
      expect([said, hear(said)]).toEqual([said, { is: 'nothing' }])
    }
  })

  test('a slip is asked back with the word it looks like', () => {
    const heard = hear('kolosily')
    expect(heard.is === 'doubt' ? hear(heard.text) : heard).toEqual({ is: 'concept', concept: 'followup' })
    expect(hear('nourritude')).toMatchObject({ is: 'doubt', value: 'food' })
  })
})

describe('a free question', () => {
  test.each(['text', 'name', 'voice'] as const)('%s takes any words that are no control word', (ask) => {
    for (const said of [
      'mon moteur est en panne',
      'Fatoumata Coulibaly',
      'parler à un agent de la banque',
      '12',
      'oui je viens demain',
      'santé',
      ' n ka so ',
    ]) {
      expect(answerTo(expecting(ask), said)).toEqual({ is: 'text', value: said.trim() })
    }
  })

  test.each(['text', 'name'] as const)('%s is more than a nod', (ask) => {
    for (const said of ['oui', 'ok merci', 'ayi']) expect(hear(said, expecting(ask))).toEqual({ is: 'nod' })
  })

  test('a control word alone stays one; a longer one is the answer, but for a cry for help', () => {
    expect(hear('menu', text)).toEqual({ is: 'universal', word: 'menu' })
    expect(hear('stop svp', text)).toEqual({ is: 'universal', word: 'stop' })
    expect(answerTo(text, 'parler à un agent')).toEqual({ is: 'text', value: 'parler à un agent' })
    expect(hear('n dɛmɛ', text)).toEqual({ is: 'universal', word: 'help_me' })
    expect(hear('au secours', text)).toEqual({ is: 'universal', word: 'help_me' })
  })

  test('Baraka is a name, and thanks elsewhere', () => {
    expect(answerTo(expecting('name'), 'Baraka')).toEqual({ is: 'text', value: 'Baraka' })
    expect(hear('Baraka', text)).toEqual({ is: 'thanks' })
  })

  test('an optional question may be passed over', () => {
    const optional = expecting('text', { optional: true })
    for (const said of [
      'passer',
      'pass',
      'skip',
      'je ne sais pas',
      "n t'a dɔn",
      'n ta don',
      "I don't know",
      'rien',
      'foyi',
      'non',
      'ayi merci',
    ]) {
      expect([said, answerTo(optional, said)]).toEqual([said, { is: 'nothing' }])
    }
    expect(answerTo(text, 'je ne sais pas')).toEqual({ is: 'text', value: 'je ne sais pas' })
    expect(answerTo(optional, 'je ne sais pas coudre')).toEqual({
      is: 'text',
      value: 'je ne sais pas coudre',
    })
  })
})
