/** The voice and the picture of a campaign: heard and seen as people will, with what they weigh. */
import type { JSX } from 'preact'
import { campaignFields } from '../../core/campaign.ts'
import { clipLimits } from '../../core/clip.ts'
import { type Language, languages } from '../../core/language.ts'
import { namedTemplate } from '../../core/template.ts'
import type { CampaignRow } from '../../store/campaign.ts'
import type { TemplateRow } from '../../store/template.ts'
import { mayWrite } from '../../turn/act-campaign.ts'
import type { Rail } from '../view.ts'
import { length, type Words } from '../words.ts'
import { AttachTools } from './attach.tsx'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'
import { playerWords } from './thread.tsx'

type Campaign = Pick<CampaignRow, 'id' | 'name' | 'texts' | 'picture' | 'state' | 'sensitive'>

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly campaign: Campaign
  readonly newKey: () => string
  readonly done: boolean
  /** Those of every account that takes nothing else after a day. */
  readonly templates: readonly TemplateRow[]
  readonly fault: string | undefined
}

export function CampaignMediaPage(props: Props): JSX.Element {
  const { page, rail, campaign, done, fault } = props
  const { words } = page
  const changes = mayWrite(page.staff) && ['draft', 'review', 'scheduled'].includes(campaign.state)
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('campaign_media.title', { name: campaign.name })}
      icon="microphone"
      fault={fault}
      done={done ? words.t('campaign_media.kept') : undefined}
    >
      <div class="report">
        <p>
          <a href={`/console/campaigns/${campaign.id}`}>{words.t('campaign_report.back')}</a>
        </p>
        <p class="quiet">
          {words.t('campaign_media.about', {
            seconds: clipLimits.seconds,
            kilobytes: clipLimits.bytes / 1000,
          })}{' '}
          {campaign.sensitive ? words.t('campaign_media.sensitive') : ''}
        </p>
        <div class="columns" {...playerWords(words)}>
          {languages.map((language) => (
            <Voice key={language} {...props} language={language} changes={changes} />
          ))}
          <Picture {...props} changes={changes} />
        </div>
        {changes ? <Recorder {...props} /> : null}
      </div>
    </Sheet>
  )
}

type PartProps = Props & { readonly changes: boolean }

function Voice(props: PartProps & { readonly language: Language }): JSX.Element {
  const { page, campaign, language, changes, newKey } = props
  const { words, token } = page
  const { clip, text } = campaign.texts[language] ?? { text: '' }
  return (
    <section class="card stack">
      <h2>{words.t(`language.${language}`)}</h2>
      {text === '' ? null : (
        <p lang={language} dir="auto">
          {text}
        </p>
      )}
      {clip ? (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: the words stand above it. */}
          <audio controls preload="none" src={fileAddress(campaign.id, clip.media)} />
          <p class="quiet">
            {length(clip.seconds)} · {kilobytes(words, clip.bytes)}
          </p>
          {changes ? (
            <form method="post" action={`/console/campaigns/${campaign.id}/media/clip/drop`}>
              <Hidden fields={{ _csrf: token, once: newKey(), language }} />
              <button type="submit" class="button button-small">
                <Icon name="cross" />
                {words.t('campaign_media.drop_clip')}
              </button>
            </form>
          ) : null}
        </>
      ) : (
        <p class="quiet">{words.t('campaign_media.no_clip')}</p>
      )}
      <TemplateChoice {...props} />
    </section>
  )
}

/** As what it goes to whoever has not written for a day; nothing is asked where no account needs it. */
function TemplateChoice(props: PartProps & { readonly language: Language }): JSX.Element | null {
  const { page, campaign, language, changes, newKey, templates } = props
  const { words, token } = page
  const chosen = campaign.texts[language]?.template
  const fit = templates.filter((one) => namedTemplate([one], language, campaignFields))
  const names = [...new Map(fit.map((one) => [one.name, one.body]))]
  if (names.length === 0 && chosen === undefined) return null
  if (!changes)
    return chosen ? <p class="quiet">{words.t('campaign_media.template_is', { name: chosen })}</p> : null
  return (
    <form method="post" action={`/console/campaigns/${campaign.id}/media/template`} class="stack">
      <Hidden fields={{ _csrf: token, once: newKey(), language }} />
      <label>
        {words.t('campaign_media.template')}
        <select name="template">
          <option value="">{words.t('campaign_media.no_template')}</option>
          {names.map(([name, body]) => (
            <option key={name} value={name} selected={name === chosen}>
              {name}: {body}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-small">
        {words.t('campaign_media.keep_template')}
      </button>
    </form>
  )
}

function Picture({ page, campaign, changes, newKey }: PartProps): JSX.Element {
  const { words, token } = page
  const { picture } = campaign
  const action = `/console/campaigns/${campaign.id}/media/picture`
  return (
    <section class="card stack">
      <h2>{words.t('campaign_media.picture')}</h2>
      {picture ? (
        <>
          <img
            class="campaign-picture"
            src={fileAddress(campaign.id, picture.media)}
            alt={words.t('campaign_media.picture_alt')}
          />
          <p class="quiet">{kilobytes(words, picture.bytes)}</p>
          {changes ? (
            <form method="post" action={`${action}/drop`}>
              <Hidden fields={{ _csrf: token, once: newKey() }} />
              <button type="submit" class="button button-small">
                <Icon name="cross" />
                {words.t('campaign_media.drop_picture')}
              </button>
            </form>
          ) : null}
        </>
      ) : (
        <p class="quiet">{words.t('campaign_media.none')}</p>
      )}
      {changes ? (
        <form method="post" encType="multipart/form-data" action={action} class="stack">
          <Hidden fields={{ _csrf: token, once: newKey() }} />
          <label>
            {words.t('campaign_media.choose')}
            <input type="file" name="file" accept=".jpg,.jpeg,.png,image/jpeg,image/png" required />
          </label>
          <button type="submit" class="button">
            {words.t('campaign_media.keep_picture')}
          </button>
        </form>
      ) : null}
    </section>
  )
}

/** One recorder for all languages: which of them it was is said with it. */
function Recorder({ page, campaign, newKey }: Props): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('campaign_media.record')}</h2>
      <form
        method="post"
        encType="multipart/form-data"
        action={`/console/campaigns/${campaign.id}/media/clip`}
        class="stack"
      >
        <Hidden fields={{ _csrf: token, once: newKey() }} />
        <label>
          {words.t('campaign_media.language')}
          <select name="language">
            {languages.map((language) => (
              <option key={language} value={language}>
                {words.t(`language.${language}`)}
              </option>
            ))}
          </select>
        </label>
        <AttachTools words={words} carries={{ voice: clipLimits.bytes }} once={newKey()} sentence />
        <label>
          {words.t('studio.file')}
          <input type="file" name="file" accept=".ogg,.opus,audio/ogg" />
        </label>
        <p>
          <button type="submit" class="button button-main">
            {words.t('campaign_media.keep_clip')}
          </button>
        </p>
      </form>
    </section>
  )
}

function fileAddress(campaign: string, media: string): string {
  return `/console/campaigns/${campaign}/files/${media.replace('campaign-file-', '')}`
}

function kilobytes(words: Words, bytes: number): string {
  return words.t('said.kilobytes', { n: Math.ceil(bytes / 1000) })
}
