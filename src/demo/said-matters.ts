/** How people say what is not a need: the other kinds of request and the feedback. Words as in said-needs.ts. */
import type { FeedbackKind, RequestKind } from '../core/request.ts'
import type { Lines } from './said-needs.ts'

export const matterLines: Readonly<Partial<Record<RequestKind, Lines>>> = {
  'request.followup': {
    fr: [
      'Je voudrais savoir où en est mon plan de réintégration',
      'ça fait deux mois que personne est venu voir mon activité',
      "Bonjour, c'est pour le suivi de mon dossier",
      'Mon agent avait dit qu il passe en début de mois, j attends',
      'Je veux un rendez-vous pour parler de mon projet',
      'mon projet n’a toujours pas démarré',
      'Quand est-ce que vous venez pour la visite ?',
    ],
    bm: [
      'n ka dossier kolosili',
      'n ka projet be min ?',
      'mogo ma na n ka baara laje',
      "n b'a fɛ ka baarakɛla ye",
      'randevu be touma djoumen ?',
      'N bɛ jaabi makɔnɔ, kalo fila. N ka dosiye bɛ min?',
      'suivi kama, n wele svp',
    ],
    en: [
      'I want to know where my plan is.',
      'Nobody visited since the delivery. Can you come?',
      'Please give me an appointment for my project.',
    ],
  },
  'request.info': {
    fr: [
      'Quels papiers il faut pour le kit ?',
      'Le bureau est ouvert le vendredi ?',
      'est ce que mon cousin qui est rentré seul a droit aussi',
      'Où se trouve le bureau de Kayes svp',
      'C’est vrai que les inscriptions sont fermées ?',
      'comment faire pour la formation de gestion',
    ],
    bm: [
      'biro be min ?',
      'kounafoni gnini : formation be damine touma djoumen ?',
      'Biro datugulen don juma don na wa?',
      'sebenw joumen wari kama ?',
      'n b a fe ka kunnafoni soro kit kan',
    ],
    en: [
      'What papers do I need for the kit?',
      'Is the office open on Friday?',
      'Can my cousin register too?',
    ],
  },
  'request.person': {
    fr: [
      'agent',
      'je veux parler à quelqu’un',
      'Appelez moi svp c est long a expliquer',
      'une personne svp pas la machine',
    ],
    bm: ['n b a fe ka kouma ni mogo ye', 'n wele', 'barakela', "N b'a fɛ ka kuma ni muso ye."],
    en: ['I want to talk to a person', 'Please call me'],
  },
  'request.contact_change': {
    fr: [
      'j ai changé de numéro',
      'Mon téléphone est volé, voici le nouveau numéro',
      'nouvelle puce, l ancien numéro ne marche plus',
    ],
    bm: ['nimero koura', 'n ka nimoro yelemana', 'telefoni kura don, n ka nimɔrɔ yɛlɛmana'],
    en: ['I changed my number', 'My phone was stolen, this is the new one'],
  },
  'request.identity': {
    fr: [
      'Je suis rentré avec le vol du mois dernier, je n ai pas de numéro de dossier',
      'Mon nom est mal écrit sur la liste',
    ],
    bm: ['n ka dossier nimero te n bolo', 'n togo seben man gni'],
    en: ['I do not have a case number', 'My name is spelt wrong on your list'],
  },
  'request.data': {
    fr: [
      'effacez mes données svp',
      'Je veux savoir ce que vous gardez sur moi',
      'mon âge est faux dans votre fichier',
    ],
    bm: ['n ka kunnafoniw bo yen', 'kunnafoni jumɛn be aw fe n kan ?'],
    en: ['Delete my data please', 'What information do you keep about me?'],
  },
  'complaint.service': {
    fr: [
      'Le kit est arrivé incomplet, il manque la pompe',
      'On m’a fait venir trois fois au bureau pour rien',
      'Les semences ne poussent pas, elles sont périmées',
      'ca fait 4 mois que j attends on me dit toujours la semaine prochaine',
      'La moto taxi livrée n’a pas de papiers',
    ],
    bm: [
      'minenw bɛɛ ma na, pompi te a la',
      'n ye aw wele, mogo ma n jaabi',
      'Minɛnw man ɲi, n tɛ se ka baara kɛ n’u ye.',
      'n taara biro la, foyi ma ke',
    ],
    en: ['The kit came without the pump.', 'I came to the office three times for nothing.'],
  },
  'complaint.eligibility': {
    fr: [
      'Pourquoi mon nom n’est pas sur la liste alors qu’on est rentré ensemble ?',
      'On me dit que je suis pas éligible et on explique pas',
      'mon projet est refusé sans raison',
    ],
    bm: ['mouna n togo te seben na ?', 'mun na aw ma son n ka projet ma ?', 'N tɔgɔ tɛ sɛbɛn kan, mun na?'],
    en: ['Why is my name not on the list? We came back together.'],
  },
  'complaint.staff_conduct': {
    fr: [
      'L’agent au guichet m’a crié dessus devant tout le monde',
      'le formateur insulte les gens qui ne savent pas lire',
      'On nous a fait attendre dehors sous le soleil et on s’est moqué de nous',
    ],
    bm: ['baarakela do ye n neni', 'bonyabaliya be biro la'],
    en: ['The man at the desk shouted at me in front of everybody.'],
  },
  'complaint.fraud': {
    fr: [
      'un monsieur du projet me demande 50 000 pour mon kit',
      'Le fournisseur a signé pour 10 sacs mais il a donné 6',
      'quelqu un vend les places de la formation au quartier',
    ],
    bm: ['a ye wari gnini n fe kit kama', 'Mɔgɔ dɔ ye wari ɲini n fɛ n tɔgɔ sɛbɛnni kama.'],
    en: ['A man asks 50,000 for my kit.'],
  },
  'complaint.sea': {
    fr: [
      'le monsieur du projet a dit que je dois coucher avec lui pour avoir l aide',
      'il veut que je vienne seule chez lui le soir pour signer',
    ],
    bm: ['cɛnimusoya ko don, n siranna'],
    en: ['He said I must sleep with him to stay on the list'],
  },
  'complaint.data_breach': {
    fr: [
      'La liste avec nos noms et numéros est affichée au marché',
      'mon voisin connaît tout mon dossier, qui lui a dit ?',
    ],
    bm: ['n ka gundo be mogo caman fe'],
    en: ['Somebody posted the list with our phone numbers in a group'],
  },
  'protection.gbv': {
    fr: ['Mon mari me bat, je ne peux pas parler longtemps', 'il me frappe, j’ai peur de rentrer'],
    bm: ['a be n gosi', 'n siranna, a bɛ n bugɔ'],
    en: ['My husband beats me'],
  },
  'protection.trafficking': {
    fr: [
      'le patron garde mes papiers et ne me paye pas, je ne peux pas partir',
      'ils m ont vendu deux fois en route et ils ont ma sœur encore',
    ],
    bm: ['u ye n feere', 'n ka papiye be patron bolo, n te se ka taa'],
    en: ['They keep my passport and I work without pay'],
  },
  'protection.child': {
    fr: ["j'ai 15 ans", 'je suis seul j ai 16 ans'],
    bm: ['n si bɛ san 15 na', 'n si be san tan ni woro na'],
    en: ['I am 16'],
  },
  'protection.suicide': {
    fr: ['je veux en finir', 'je n’ai plus envie de vivre'],
    bm: ['saya ka fisa'],
    en: ['I do not want to live'],
  },
  'security.threat': {
    fr: [
      'Des hommes armés sont venus au village hier, nous sommes partis',
      'on me menace à cause de l’argent du passeur',
    ],
    bm: ['u be n bagabaga', 'farati be an ka dugu la'],
    en: ['They threaten me because of the debt'],
  },
  out_of_scope: {
    fr: [
      'Est-ce que vous faites les visas pour le Canada ?',
      'je veux repartir en Espagne légalement',
      'Vous pouvez acheter mon terrain ?',
      'Bonjour je cherche la banque BDM',
    ],
    bm: ['viza be soro aw fe wa ?', 'n b a fe ka taa Faransi'],
    en: ['Do you give visas for Canada?'],
  },
  unclear: {
    fr: [
      'c est pour le truc de la dernière fois',
      'oui mais le samedi c est mieux ou pas',
      '??',
      'le grand est venu avec les autres',
    ],
    bm: ['o ko la, a be di', 'nin ye mun ye', 'a tun fo n ye'],
    en: ['for the thing of last time'],
  },
}

export const feedbackLines: Readonly<Record<Exclude<FeedbackKind, 'rumour'>, Lines>> = {
  praise: {
    fr: [
      'Merci beaucoup, mon activité marche bien',
      'La formation était bien, on a appris beaucoup',
      'que Dieu vous bénisse, les chèvres se portent bien',
      'Je remercie l’agent qui est venu à la maison, il a bien expliqué',
    ],
    bm: [
      'aw ni ce kosɛbɛ, an ka baara bɛ taa ɲɛ',
      'n wassara, abarka',
      'minenw ka gni, aw ni tie kosebe',
      'i ni tié, baara be taa nyè',
    ],
    en: ['Thank you, my shop is going well', 'The training was good'],
  },
  suggestion: {
    fr: [
      'Ce serait bien de faire la formation après la récolte',
      'Mettez un bureau à Nioro, Kayes est loin',
      'il faut prévenir deux jours avant la visite',
      'On peut faire un groupe WhatsApp des soudeurs ?',
    ],
    bm: ['n ka hakilina : kalan ka ke foro baara kofe', 'biro do ka kan ka ke Nyoro'],
    en: ['Please tell us two days before a visit'],
  },
  question: {
    fr: ['Pourquoi certains ont le kit avant les autres ?', 'Qui choisit les projets ?'],
    bm: ['jon be projet sugandi ?', 'mouna kit ma na fana ?'],
    en: ['Who chooses the projects?'],
  },
}

/** The same story in the mouths of six people within one week (domain notes, S19). */
export const rumourOfTheWeek: readonly { readonly language: 'fr' | 'bm' | 'en'; readonly text: string }[] = [
  { language: 'fr', text: "On dit que l'OIM donne 2 000 euros à Bamako, c'est vrai ?" },
  { language: 'bm', text: "mogow b'a fo ko OIM be 2000 euros di Bamako, tignè don wa ?" },
  { language: 'fr', text: 'il paraît que à bamako vous donnez 2000 euro par personne' },
  { language: 'bm', text: "N y'a mɛn ko OIM bɛ 2000 euro di Bamakɔ. Tiɲɛ don wa?" },
  { language: 'fr', text: '2000 euros à Bamako pour les retournés, il faut venir quand ?' },
  { language: 'fr', text: 'mon frère dit que l OIM paie 2 000 € à Bamako et pas ici, pourquoi' },
]

export const otherRumours: Lines = {
  fr: [
    'On dit que le programme finit en décembre',
    'les gens disent qu’il faut payer pour être sur la liste',
  ],
  bm: ['n ya men ko kit be ban', "mogow b'a fo ko dɛmɛ banna"],
  en: ['People say the programme ends in December'],
}
