/**
 * What staff write and note, by what was asked. `{day}` is a day and an hour in digits, `{place}` the person's own town.
 * Nothing here promises help that was not decided. Bambara of attested words, not reviewed by a native speaker.
 */
import type { Outcome, RequestKind } from '../core/request.ts'
import type { Lines } from './said-needs.ts'

export const acknowledged: Lines = {
  fr: [
    "Bonjour, j'ai bien lu votre message. Je regarde votre dossier et je vous écris {day}.",
    'Bonjour, merci de nous avoir écrit. Je vérifie avec mes collègues et je reviens vers vous {day}.',
    "Bonjour, c'est le bureau de la réintégration. Je vous appelle {day} pour en parler.",
  ],
  bm: [
    'I ni ce. An ye i ka bataki kalan. An bɛna i wele {day}.',
    'I ni ce. Baarakɛla dɔ bɛna i ka dosiye lajɛ. An bɛna i jaabi {day}.',
  ],
  en: ['Hello, I have read your message. I will look at your file and write to you on {day}.'],
}

/** Questions back: the person has the next word. */
export const asked: Lines = {
  fr: [
    'Pouvez-vous nous dire le quartier, et à quelle heure on peut vous appeler ?',
    'Avez-vous une photo ou un papier qui montre le problème ? Sinon expliquez-le en vocal.',
    'Depuis quand ? Et est-ce que quelqu’un d’autre vous aide déjà ?',
    'Pouvez-vous passer au bureau {day} ?',
  ],
  bm: [
    'An bɛ se ka i wele waati jumɛn na: sɔgɔma walima wula fɛ?',
    'I bɛ se ka na biro la {day} wa?',
    'A ɲɛfɔ an ye kumakan na, hakɛto.',
  ],
  en: ['When may we call you, in the morning or in the afternoon?', 'Can you come to the office on {day}?'],
}

export const replied: Lines = {
  fr: [
    'oui le matin c est bon',
    'Oui je viens',
    'apres 17h svp',
    'ok merci',
    "C'est à côté de la mosquée, tout le monde me connaît",
    'depuis la semaine passée, personne ne m aide',
  ],
  bm: ['ôwô, sogoma', 'ayiwa, n be na', 'wula fe, i ni tié', 'basi te'],
  en: ['Yes, in the morning', 'Ok I will come'],
}

/** The answer that may end it. */
export const answered: Readonly<Partial<Record<RequestKind, Lines>>> = {
  'request.followup': {
    fr: [
      'Votre plan est chez la superviseure pour avis. Nous vous écrirons dès qu’il revient, dans un sens ou dans l’autre.',
      'Une visite est notée pour le {day} à {place}. Si ce jour ne va pas, répondez ici.',
      'Votre dossier attend encore le devis du fournisseur. Je rappelle le fournisseur cette semaine et je vous tiens au courant.',
    ],
    bm: [
      'An bɛna na i ka baara lajɛ {day}. A bɛ se ka kɛ wa?',
      'I ka dosiye bɛ biro la. An bɛna i wele {day}.',
    ],
    en: ['A visit is planned on {day} in {place}. If that day does not suit you, answer here.'],
  },
  'request.need': {
    fr: [
      'Nous avons parlé de votre besoin avec l’équipe. Venez au bureau {day} avec votre carte, nous verrons ce qui est possible.',
      'Je vous propose de vous orienter vers un service partenaire, si vous êtes d’accord. Dites oui ou non.',
      'Nous ne pouvons pas prendre cela en charge. Le service social du cercle reçoit sans frais, je vous explique par téléphone {day}.',
    ],
    bm: [
      'Na biro la {day}, hakɛto. An bɛna i mago lajɛ i fɛ.',
      'Hakɛto, an tɛ se ka o dɛmɛ kɛ. An bɛna i wele {day}.',
    ],
    en: ['Please come to the office on {day} with your card; we will see together what is possible.'],
  },
  'request.info': {
    fr: [
      'Le bureau est ouvert du lundi au jeudi de 8 h à 17 h, le vendredi jusqu’à 12 h 30. L’aide est gratuite.',
      'Il faut la carte NINA ou un extrait, rien d’autre pour commencer. Personne ne doit vous demander d’argent.',
      'Les prochaines formations ne sont pas encore fixées. Quand elles le seront, nous l’écrirons ici.',
    ],
    bm: [
      'Dɛmɛ ye fu ye. Mɔgɔ si man kan ka wari ɲini i fɛ.',
      'Kunnafoni wɛrɛ tɛ an bolo sisan. An bɛna sɛbɛn i ma.',
    ],
    en: ['The office is open Monday to Thursday 8:00-17:00, Friday until 12:30. Assistance is free.'],
  },
  'request.person': {
    fr: ['Nous nous sommes parlé au téléphone ce matin. Si quelque chose n’est pas clair, écrivez ici.'],
    bm: ['An kumana ɲɔgɔn fɛ. Ni mago wɛrɛ b’i la, sɛbɛn an ma.'],
    en: ['We have spoken on the phone. Write here if anything is unclear.'],
  },
  'request.contact_change': {
    fr: ['Merci. Nous avons vérifié par téléphone, votre nouveau numéro est noté.'],
    bm: ['I ni ce. I ka nimɔrɔ kura sɛbɛnna.'],
    en: ['Thank you. We checked by phone; your new number is noted.'],
  },
  'request.identity': {
    fr: ['Merci d’être venu. C’est vérifié, vous pouvez écrire ici pour la suite.'],
    bm: ['I ni ce. A bɛnna, i bɛ se ka sɛbɛn an ma yan.'],
    en: ['Thank you for coming. It is verified.'],
  },
  'complaint.service': {
    fr: [
      'Vous avez raison de le dire. Le fournisseur repasse {day} ; dites-nous ensuite si tout est là.',
      'Nous regrettons ces déplacements. À partir de maintenant, une seule personne suit votre dossier et vous prévient avant.',
    ],
    bm: ['Hakɛto. I ka gɛlɛya fɔra an ye. An bɛna i wele {day}.'],
    en: [
      'You are right to say so. The supplier comes back on {day}; please tell us then whether all is there.',
    ],
  },
  'complaint.eligibility': {
    fr: [
      'La liste dépend de la date et du pays de retour. Voici pourquoi la vôtre n’y entre pas ; vous pouvez demander qu’une autre personne relise.',
    ],
    bm: ['Hakɛto, an bɛna a ɲɛfɔ i ye telefɔni la {day}.'],
    en: ['The list depends on the date of return. You may ask that another person reads your file again.'],
  },
  unclear: {
    fr: ['Merci pour votre message, il est bien lu. Si vous avez besoin de quelque chose, écrivez ici.'],
    bm: ['I ni ce. An ye i ka bataki kalan. Ni mago wɛrɛ b’i la, sɛbɛn an ma.'],
    en: ['Thank you for your message, we have read it. If you need anything, write here.'],
  },
  out_of_scope: {
    fr: ['Ce n’est pas de notre ressort. Le consulat ou la mairie peut vous renseigner.'],
    bm: ['Hakɛto, an tɛ se ka o dɛmɛ kɛ.'],
    en: ['This is not our work. The town hall can tell you more.'],
  },
}

/** For every kind that has no words of its own: calm and without a word that a reader over the shoulder must not see. */
export const answeredPlainly: Lines = {
  fr: ['Merci de votre confiance. Pouvons-nous en parler de vive voix {day} ?'],
  bm: ['I ni ce. An bɛna kuma i fɛ gundo la {day}.'],
  en: ['Thank you for your trust. May we speak in person on {day}?'],
}

export const thanked: Lines = {
  fr: ['merci', 'ok merci bien', 'Merci beaucoup', 'd accord', 'c est compris'],
  bm: ['i ni tié', 'abarika', 'ayiwa, n ya famu', 'aw ni ce', "k'an ben"],
  en: ['thank you', 'ok thanks'],
}

/** Notes of closing, by outcome, in the language of the office. */
export const closingNotes: Readonly<Record<Outcome, readonly string[]>> = {
  answered: [
    'Réponse donnée et comprise.',
    'Expliqué au téléphone, la personne est satisfaite.',
    'Réponse envoyée, pas de nouvelle question.',
  ],
  given: [
    'Remis en main propre, reçu signé.',
    'Pris en charge avec le centre de santé.',
    'Visite faite, pièce changée.',
  ],
  referred: ['Orienté avec son accord, le service a confirmé.', 'Remis au service social du cercle.'],
  refused: ['Hors des critères, expliqué et compris.', 'Refus motivé par écrit, voie de recours indiquée.'],
  unreachable: ['Trois essais à des jours différents, sans réponse.'],
  reported: ['Transmis par la voie prévue, date et référence notées.'],
  duplicate: ['Même demande que la précédente.'],
  out_of_scope: ['Orienté ailleurs.'],
}

export const attemptNotes = {
  missed: [
    'Sonne dans le vide.',
    'Téléphone éteint.',
    'Un frère répond, rappeler le soir.',
    'Réseau coupé au village.',
  ],
  reached: [
    'A bien compris, rappelle si besoin.',
    'Parlé dix minutes, calme.',
    'Rendez-vous convenu de vive voix.',
  ],
} as const

export const handOverReasons = [
  'Relève plutôt de cette file.',
  'La personne demande autre chose que ce qui était choisi.',
  'Écouté : ce n’est pas une urgence, merci de suivre.',
] as const

export const notes = [
  'A déjà été orienté vers le centre de santé le mois passé.',
  'Préfère parler bambara, de préférence le matin.',
  'Le téléphone est celui du frère : rester bref.',
  'Attendre le devis avant de répondre sur le fond.',
] as const
