/**
 * Pictures as they are shown: made anew from what was sent, so that nothing but the picture is left (no place, no phone, no
 * date), turned upright, no larger than a screen, with a small one for the conversation. They lie beside the original,
 * encrypted with its key. The original itself is only ever saved.
 */
import sharp from 'sharp'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { openMedia } from './media.ts'
import { type MediaPlace, nameOfFile, readAt, writeAt } from './media-place.ts'

export const pictureSizes = { preview: 480, whole: 1600 } as const
export type PictureSize = keyof typeof pictureSizes

/** Larger ones are made to hurt whoever opens them: a phone of today takes 50 million points. */
const pointsAtMost = 60_000_000
const secondsAtMost = 15

type Part = Pick<Database, 'prisma' | 'keys'>

/**
 * A JPEG of this size, made the first time that somebody looks. Fails with `media:no_picture` for what is broken, is no
 * picture or is too large to be opened safely, and as openMedia does. The caller has found the file under the reader's access.
 */
export async function pictureOf(
  part: Part,
  folder: MediaPlace,
  id: string,
  size: PictureSize,
): Promise<Buffer> {
  const { kind, keyId } = await part.prisma.media.findUniqueOrThrow({ where: { id } })
  if (kind !== 'photo') throw new Failure('media:no_picture', { media: id })
  const place = placeOf('media', size, id)
  const file = nameOfFile(id, size)
  await part.keys.load([keyId])
  const made = await readAt(folder, file)
  if (made) return part.keys.decrypt(keyId, place, made)
  const { bytes } = await openMedia(part, folder, id)
  const picture = await madeAnew(bytes, { most: pictureSizes[size] }).catch(async (cause) => {
    await part.prisma.media.updateMany({ where: { id }, data: { broken: true } })
    throw cause
  })
  await writeAt(folder, file, part.keys.encrypt(keyId, place, picture))
  return picture
}

/** The same picture with nothing in it but what one sees, `most` points on its longer side. PNG stays PNG where it is asked for. */
export async function madeAnew(
  bytes: Uint8Array,
  { most, png }: { readonly most: number; readonly png?: boolean },
): Promise<Buffer> {
  try {
    const upright = sharp(bytes, { limitInputPixels: pointsAtMost, failOn: 'error', pages: 1 })
      .timeout({ seconds: secondsAtMost })
      .rotate()
      .resize({ width: most, height: most, fit: 'inside', withoutEnlargement: true })
    if (png) return await upright.png({ compressionLevel: 9 }).toBuffer()
    return await upright.flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toBuffer()
  } catch (cause) {
    throw new Failure('media:no_picture', {}, { cause })
  }
}
