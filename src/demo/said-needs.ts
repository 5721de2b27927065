/**
 * How people say a need, by category. French and English as they are typed; Bambara of attested words only, in the
 * official spelling and in the French one that most people use. None of it was reviewed by a native speaker.
 */
import type { Language } from '../core/language.ts'
import type { NeedCategory } from '../core/need.ts'

export type Lines = Readonly<Record<Language, readonly string[]>>

export const needLines: Readonly<Record<NeedCategory, Lines>> = {
  health: {
    fr: [
      "Mon enfant est malade depuis trois jours, je n'ai pas d'argent pour le médecin.",
      "J'ai toujours mal au dos depuis le voyage, le CSCOM m'a donné une ordonnance que je ne peux pas payer",
      "ma femme est enceinte de 7 mois et elle n'a pas fait de visite",
      'Je dois refaire mes médicaments pour la tension, la pharmacie demande 18 500 FCFA',
      'La blessure de mon pied ne guérit pas. Est-ce que vous pouvez m aider ?',
      'je dors pas bien et j ai mal a la tete tous les jours',
    ],
    bm: [
      'n den man kene, foura wari te n bolo',
      'bana be n na sisan',
      'n man kɛnɛ. N mago bɛ dɔgɔtɔrɔ la.',
      'n mousso konoma don, n mago be dogotoroso la',
      'N ka fura banna, wari tɛ n bolo.',
    ],
    en: [
      'My daughter has been sick since Sunday and I cannot pay the clinic.',
      'I need my medicine, it is finished.',
    ],
  },
  food: {
    fr: [
      "Nous n'avons plus rien à manger à la maison, nous sommes sept.",
      'le mil est fini et je n ai pas encore trouvé de travail',
      'Est-ce qu’il y a une aide en vivres pour la soudure ?',
      'Depuis hier les enfants n ont pas mangé',
    ],
    bm: [
      'kongo be n na, dumuni te so kono',
      'doumouni te an bolo, an be mogo wolonwula',
      'An mago bɛ dumuni na bi.',
    ],
    en: ['We have no food at home since yesterday.', 'The rice is finished, we are five people.'],
  },
  housing: {
    fr: [
      'Le propriétaire veut que je quitte la chambre à la fin du mois.',
      'je dors chez un ami depuis mon retour mais il part lundi',
      'La pluie a fait tomber un mur de notre maison',
      "Je n'ai pas d'endroit où dormir ce soir",
      'trois mois de loyer en retard, 45 000 en tout',
    ],
    bm: ['siguiyoro te n bolo', 'luwe sara te n bolo, kalo saba', 'Sigiyɔrɔ tɛ n ni n ka denbaya bolo.'],
    en: ['The landlord wants us to leave on Friday.', 'I need a place to stay, my friend is moving.'],
  },
  work: {
    fr: [
      'La machine à coudre du kit est en panne, je ne peux plus travailler',
      "Je n'ai pas encore de travail. J'ai fait maçon en Algérie pendant 4 ans.",
      "mon poulailler a perdu 30 poussins, il m'en reste 12",
      'Le groupe électrogène ne démarre pas depuis la livraison.',
      'Je cherche un petit fonds pour racheter des marchandises',
      'Notre groupe de maraîchage n’a plus de semences, on est 8',
    ],
    bm: [
      'baara te n bolo, n mago be baara la',
      'n ka minen ma ɲɛ, n te se ka baara ke',
      "N b'a fɛ ka jago kɛ, nka wari tɛ n bolo.",
      'foro be n bolo nka minen te n bolo',
      'n ka djago banna, n mago be dɛmɛ na',
    ],
    en: [
      'The sewing machine from the kit stopped working.',
      'I have no work. I was a tiler in Libya for two years.',
    ],
  },
  training: {
    fr: [
      'Je veux faire la formation en soudure, comment on s inscrit ?',
      'Est-ce que la formation en gestion est encore ouverte',
      "J'ai commencé la mécanique mais le centre dit que ce n'est pas payé",
      'je veux apprendre la plomberie',
    ],
    bm: [
      "n b'a fe ka barakalan ke",
      'kalan be damine touma djoumen ? n togo seben',
      'N mago bɛ baarakalan na.',
    ],
    en: ['I want to join the training on solar panels.', 'When does the driving course start?'],
  },
  school: {
    fr: [
      "L'école a renvoyé mon fils parce que les frais ne sont pas payés.",
      'il me faut les fournitures pour deux enfants',
      'Ma fille doit passer le DEF, il manque 12 000',
    ],
    bm: [
      'lakoli wari te n bolo',
      "n den b'a fe ka taa lakoli la, wari te",
      'N mago bɛ lakɔli minɛnw na, den saba.',
    ],
    en: ['The school sent my son home because of the fees.'],
  },
  papers: {
    fr: [
      'J’ai perdu ma carte NINA en route, comment la refaire ?',
      'je n ai pas l acte de naissance de mon enfant né en Libye',
      'Le centre d’état civil me demande un jugement supplétif',
      'mon passeport est resté là-bas',
    ],
    bm: [
      'carte nina te n bolo',
      'n mago be woloseben na n den ye',
      'N ka sɛbɛnw tɛ n bolo tugun, n mago bɛ karti la.',
    ],
    en: ['I lost my identity card on the road. How can I get another?'],
  },
  family: {
    fr: [
      'Ma famille ne me parle plus depuis que je suis rentré sans argent',
      'mon frère est resté à Tripoli, on n a plus de nouvelles depuis mars',
      'Je veux rejoindre ma mère à Nara mais je n’ai pas le transport',
    ],
    bm: [
      'n somogow gnini, n somogo do be Libi',
      'n ka denbaya be Kayi, pase wari te n bolo',
      'Gɛlɛya bɛ n ka denbaya kɔnɔ.',
    ],
    en: ['My brother stayed in Tripoli, we have heard nothing since March.'],
  },
  worries: {
    fr: [
      "J'ai peur, les gens à qui je dois l'argent du voyage viennent à la maison.",
      'je suis très inquiet je ne dors plus',
      'J’ai honte de sortir, tout le monde demande ce que j’ai ramené',
      'je voudrais parler a quelqu un de mes soucis',
    ],
    bm: [
      'hami caman be n na',
      'dousoukassi be n na, n b a fe ka kouma ni mogo ye',
      'N siranna, juru caman bɛ n kan.',
    ],
    en: ['I am worried all the time and I do not sleep.', 'The people I borrowed from come to the house.'],
  },
  other: {
    fr: [
      'Le puits du quartier est sec, nous les retournés avons besoin d’eau pour le jardin',
      'Il me faut un transport pour aller au bureau de Gao',
      'Un vélo pour aller au champ',
    ],
    bm: ['ji te an ka dugu kono', 'pase te n bolo ka taa biro la', 'N mago bɛ fini na, den fila kama.'],
    en: ['I need transport to come to the office.'],
  },
}
