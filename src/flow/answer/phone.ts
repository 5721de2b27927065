/** A phone number of any country; eight digits without a code are Malian. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { plain } from './fold.ts'

const home: CountryCode = 'ML'
const homeCode = '223'

/** E.164, or undefined when no country has such a number. Accepts spaces, dots, hyphens, 00 for +, the letter O for 0. */
export function readPhone(text: string): string | undefined {
  const international = /^\D*\+/.test(text)
  const digits = digitsOf(text)
  if (digits.length < 6 || digits.length > 17) return undefined
  const written = international
    ? `+${digits.replace(/^00/, '')}`
    : digits.startsWith('00')
      ? `+${digits.slice(2)}`
      : digits.startsWith(homeCode) && digits.length === homeCode.length + 8
        ? `+${digits}`
        : digits
  const phone = parsePhoneNumberFromString(written, home)
  return phone?.isValid() ? phone.number : undefined
}

/** The digits of a text, its words left out; an O in or beside a number is a zero. */
function digitsOf(text: string): string {
  return plain(text)
    .split(' ')
    .filter((word) => /\d/.test(word) || /^o{1,2}$/.test(word))
    .map((word) => word.replaceAll('o', '0'))
    .filter((word) => /^\d+$/.test(word))
    .join('')
}
