/** What goes with an answer besides words: photos, documents, and a voice recorded here. Files go without scripts too. */
import type { JSX } from 'preact'
import { clipLimits } from '../../core/clip.ts'
import { readAssets } from '../assets.ts'
import { uploadAccept, uploadLimits } from '../uploads.ts'
import type { Reach } from '../view.ts'
import type { Words } from '../words.ts'
import { Icon } from './icon.tsx'

type AttachProps = {
  readonly words: Words
  readonly carries: Reach['carries']
  /** Key of the form: with another one, everything chosen before is gone. */
  readonly once: string
  /** A sentence is recorded, not an answer: no files, and as long as a clip may be. */
  readonly sentence?: true
}

/** Goes into the answer form. What the channel cannot carry is said here, before anybody has spoken in vain. */
export function AttachTools({ words, carries, once, sentence }: AttachProps): JSX.Element {
  const t = (key: string) => words.t(`uploads.${key}`)
  const yours = sentence ? words.t('studio.yours') : t('yours')
  const voice = !carries || carries.voice !== undefined
  return (
    <div class="attach" id="attach" data-once={once} {...scriptFacts(words, sentence)}>
      <div class="attach-row">
        {sentence ? null : <FileField t={t} carries={carries} once={once} />}
        {voice ? (
          <button type="button" class="button button-small" data-do="record" hidden>
            <Icon name="microphone" />
            {t('record')}
          </button>
        ) : (
          <small>{t('no_voice')}</small>
        )}
        <input id={`voice-${once}`} type="file" name="voice" accept="audio/ogg" hidden aria-label={yours} />
      </div>
      <ul class="attach-list" aria-label={t('chosen')} hidden />
      <div class="attach-recording" hidden>
        <span class="attach-dot" />
        <span>{t('recording')}</span>
        <span class="figure" data-shows="time">
          0:00
        </span>
        <meter min={0} max={1} value={0} aria-label={t('level')} />
        <button type="button" class="button button-small" data-do="stop">
          <Icon name="check" />
          {t('stop')}
        </button>
        <button type="button" class="button button-small" data-do="drop">
          <Icon name="cross" />
          {t('drop')}
        </button>
      </div>
      <div class="attach-listen" hidden>
        <p>{yours}</p>
        <figure class="voice" data-player />
        <button type="button" class="button button-small" data-do="record">
          <Icon name="again" />
          {t('again')}
        </button>
        <button type="button" class="button button-small" data-do="drop">
          <Icon name="cross" />
          {t('drop')}
        </button>
      </div>
      <p class="attach-say" role="status" />
    </div>
  )
}

type FileFieldProps = Pick<AttachProps, 'carries' | 'once'> & { readonly t: (key: string) => string }

function FileField({ t, carries, once }: FileFieldProps): JSX.Element {
  if (carries && carries.photo === undefined && carries.document === undefined)
    return <small>{t('no_files')}</small>
  return (
    <label class="attach-files" title={t('attach_title')}>
      <span class="button button-small">
        <Icon name="clip" />
        {t('attach')}
      </span>
      <input id={`files-${once}`} type="file" name="files" multiple accept={uploadAccept} />
    </label>
  )
}

/** Addresses of what is loaded on the first press, and the sentences that the script says. */
function scriptFacts(
  words: Words,
  sentence: AttachProps['sentence'],
): Readonly<Record<string, string | number | undefined>> {
  const assets = readAssets()
  const said = ['remove', 'preparing', 'no_microphone', 'no_encoder', 'silent', 'listen_first']
  return {
    'data-encoder': assets.get('voice-encoder.js')?.path,
    'data-tap': assets.get('voice-tap.js')?.path,
    'data-seconds': sentence ? clipLimits.seconds : uploadLimits.voiceSeconds,
    'data-kilobytes': words.t('said.kilobytes', { n: '{n}' }),
    'data-most': words.t(sentence ? 'studio.most' : 'uploads.most'),
    ...Object.fromEntries(said.map((key) => [`data-${key.replace('_', '-')}`, words.t(`uploads.${key}`)])),
  }
}
