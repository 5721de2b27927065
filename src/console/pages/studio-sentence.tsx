/** One sentence: its wordings side by side, the one in hand to be corrected and recorded, and everything before it. */
import type { JSX } from 'preact'
import { clipLimits } from '../../core/clip.ts'
import { certainties } from '../../core/reply.ts'
import { fieldsOf } from '../../flow/judge-words.ts'
import type { Sentence, Side } from '../studio.ts'
import { flowName, length, type Words } from '../words.ts'
import { AttachTools } from './attach.tsx'
import { Ago, Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'
import { SentenceHistory } from './studio-history.tsx'
import type { SentenceProps } from './studio-props.ts'
import { playerWords } from './thread.tsx'

export function SentencePage(props: SentenceProps): JSX.Element {
  const { page, rail, sentence, language, may, fault, done } = props
  const { words } = page
  const inHand = sentence.sides.find((one) => one.language === language)
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('studio.sentence')}
      icon="microphone"
      fault={fault}
      done={done ? words.t('studio.saved') : undefined}
    >
      <p>
        <a href={`/console/studio?language=${language}`}>{words.t('studio.back')}</a> ·{' '}
        <code>{sentence.key}</code>
        {sentence.flows.map((flow) => (
          <>
            {' · '}
            <a href={`/console/studio?language=${language}&flow=${flow}`}>{flowName(words, flow)}</a>
          </>
        ))}
      </p>
      <div class="studio-sides" {...playerWords(words)}>
        {sentence.sides.map((side) => (
          <SideCard
            key={side.language}
            words={words}
            sentence={sentence}
            side={side}
            inHand={side === inHand}
          />
        ))}
      </div>
      {inHand && may.word ? <WordForms {...props} side={inHand} /> : null}
      {inHand ? <Recordings {...props} side={inHand} /> : null}
      {may.word || may.record ? null : <p class="quiet">{words.t('studio.read_only')}</p>}
      <SentenceHistory {...props} />
    </Sheet>
  )
}

function SideCard({
  words,
  sentence,
  side,
  inHand,
}: {
  words: Words
  sentence: Sentence
  side: Side
  inHand: boolean
}): JSX.Element {
  const { language, forms, sayings } = side
  return (
    <section class={inHand ? 'card studio-in-hand' : 'card'}>
      <h2>
        <a
          href={`/console/studio/${sentence.key}?language=${language}`}
          aria-current={inHand ? 'true' : undefined}
        >
          {words.t(`language.${language}`)}
        </a>
      </h2>
      {forms.map((form) => (
        <div key={form.key}>
          <p class="said-text" lang={language} dir="auto">
            {form.text}
          </p>
          <p class="studio-signs">
            {form.key.endsWith('_one') ? <span class="chip">{words.t('studio.single')}</span> : null}
            {form.certainty ? (
              <span class="chip">{words.t(`replies.certainty_${form.certainty}`)}</span>
            ) : null}
            {form.reviewer ? (
              <span class="chip">
                <Icon name="check" />
                {words.t('studio.reviewed_by', { name: form.reviewer, day: form.reviewed ?? '' })}
              </span>
            ) : form.certainty || form.reviewer === '' ? (
              <span class="mind">
                <Icon name="eye" />
                {words.t('studio.unreviewed')}
              </span>
            ) : null}
            {form.shipped === undefined ? null : <span class="chip">{words.t('studio.worded_here')}</span>}
          </p>
          {form.stale === undefined ? null : (
            <p class="mind">{words.t('studio.base_changed', { text: form.stale })}</p>
          )}
        </div>
      ))}
      {sayings.map(({ saying, state, clip }) => (
        <div key={saying.id}>
          <p class="studio-signs">
            <span class={state === 'ready' ? 'chip' : 'mind'}>
              <Icon name="microphone" />
              {words.t(`studio.voice.${state}`)}
            </span>
          </p>
          {clip ? (
            <figure class="voice" data-player>
              {/* biome-ignore lint/a11y/useMediaCaption: what it says is written above. */}
              <audio
                controls
                preload="none"
                src={`/console/studio/clips/${clip.media}`}
                aria-label={words.t('studio.recording_of', { language: words.t(`language.${language}`) })}
                data-seconds={Math.round(clip.seconds)}
              />
              <figcaption>
                {length(clip.seconds)}
                {clip.by ? ` · ${clip.by}` : ''}
                {clip.at ? (
                  <>
                    {' · '}
                    <Ago words={words} at={clip.at} />
                  </>
                ) : null}
              </figcaption>
            </figure>
          ) : null}
        </div>
      ))}
    </section>
  )
}

type OfSide = SentenceProps & { readonly side: Side }

function WordForms({ page, sentence, side, may, newKey, draft }: OfSide): JSX.Element {
  const { words, token } = page
  const { language } = side
  return (
    <section class="card">
      <h2>{words.t('studio.correct', { language: words.t(`language.${language}`) })}</h2>
      {side.forms.map((form) => {
        const mine = draft?.form === form.key && draft.language === language ? draft : undefined
        const fields = fieldsOf(form.shipped ?? form.text)
        const certainty = mine?.certainty ?? form.certainty
        return (
          <form
            key={form.key}
            method="post"
            action={`/console/studio/${sentence.key}/wording`}
            class="studio-form"
          >
            <Hidden
              fields={{ _csrf: token, once: newKey(), language, form: form.key, number: form.number }}
            />
            <label>
              {words.t(form.key.endsWith('_one') ? 'studio.wording_single' : 'studio.wording')}
              <textarea name="text" rows={4} lang={language} dir="auto" maxLength={1000} required>
                {mine?.text ?? form.stale ?? form.text}
              </textarea>
              <small>
                {words.t(sentence.isLabel ? 'studio.short' : 'studio.long')}{' '}
                {fields.length > 0
                  ? words.t('studio.keep_fields', { fields: fields.map((one) => `{${one}}`).join(' ') })
                  : ''}
              </small>
            </label>
            {language === 'bm' ? (
              <label>
                {words.t('replies.certainty')}
                <select name="certainty" required>
                  {certainties.map((one) => (
                    <option key={one} value={one} selected={one === certainty}>
                      {words.t(`replies.certainty_${one}`)}
                    </option>
                  ))}
                </select>
              </label>
            ) : null}
            {may.review ? (
              <label class="check">
                <input type="checkbox" name="reviewed" value="yes" checked={mine?.reviewed === 'yes'} />
                {words.t('studio.i_read_it')}
              </label>
            ) : (
              <p class="quiet">{words.t('studio.who_reviews')}</p>
            )}
            <p>
              <button type="submit" class="button button-main">
                {words.t('studio.save')}
              </button>
            </p>
          </form>
        )
      })}
    </section>
  )
}

/** One recorder on a page: a second saying of the same sentence is recorded from a file, or on its own page. */
function Recordings({ page, sentence, side, may, newKey }: OfSide): JSX.Element {
  const { words, token } = page
  const { language, sayings } = side
  if (sayings.length === 0) {
    return <p class="quiet">{words.t(sentence.isLabel ? 'studio.label_about' : 'studio.never_said')}</p>
  }
  return (
    <section class="card">
      <h2>{words.t('studio.record', { language: words.t(`language.${language}`) })}</h2>
      <p class="quiet">
        {words.t('studio.record_about', { seconds: clipLimits.seconds, kilobytes: clipLimits.bytes / 1000 })}
      </p>
      {sayings.map(({ saying, lines, clip }, place) => (
        <div key={saying.id} class="studio-saying">
          <ul class="plain studio-lines" lang={language} dir="auto">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {lines.some((line) => fieldsOf(line).length > 0) ? (
            <p class="mind">{words.t('studio.with_fields')}</p>
          ) : null}
          {may.record ? (
            <>
              <form
                method="post"
                encType="multipart/form-data"
                action={`/console/studio/${sentence.key}/clip`}
                class="studio-form"
              >
                <Hidden fields={{ _csrf: token, once: newKey(), language, saying: saying.id }} />
                {place === 0 ? (
                  <AttachTools words={words} carries={{ voice: clipLimits.bytes }} once={newKey()} sentence />
                ) : null}
                <label>
                  {words.t('studio.file')}
                  <input type="file" name="file" accept=".ogg,.opus,audio/ogg" />
                </label>
                <p>
                  <button type="submit" class="button button-main">
                    {words.t('studio.keep_recording')}
                  </button>
                </p>
              </form>
              {clip ? (
                <form method="post" action={`/console/studio/${sentence.key}/silence`}>
                  <Hidden fields={{ _csrf: token, once: newKey(), language, saying: saying.id }} />
                  <button type="submit" class="button button-small">
                    <Icon name="cross" />
                    {words.t('studio.silence')}
                  </button>
                </form>
              ) : null}
            </>
          ) : null}
        </div>
      ))}
    </section>
  )
}
