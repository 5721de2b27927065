/** Where the files of this house lie: a folder beside the database, or the bucket of the settings. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { openBucket } from './store/media-bucket.ts'
import type { MediaPlace } from './store/media-place.ts'

/** Opens it; `opened` gets what closes it. */
export async function openMediaPlace(config: Config, opened: (() => Promise<void>)[]): Promise<MediaPlace> {
  if (!config.MEDIA_S3_URL) {
    const folder = join(config.DATA_DIR, 'media')
    await mkdir(folder, { recursive: true })
    return folder
  }
  const bucket = await openBucket({
    ...{ url: config.MEDIA_S3_URL, region: config.MEDIA_S3_REGION },
    // The settings come together or not at all (config.ts).
    ...{ key: config.MEDIA_S3_KEY?.reveal() ?? '', secret: config.MEDIA_S3_SECRET?.reveal() ?? '' },
  })
  opened.push(async () => bucket.close())
  return bucket
}
