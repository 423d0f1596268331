// What characters sound like. Texts are compared by ear as texts of equal length, in which one Chinese character stands
// for each sound: 如何小区 and 汝河小区 become the same four. Pure.
import { pinyin } from 'pinyin-pro'

const syllables = (text: string) => pinyin(text, { toneType: 'none', type: 'array', v: true })

/** Chinese characters, in the order in which sounds were met: one for each sound. */
function signs(soundOf: (syllable: string) => string) {
  const known = new Map<string, string>()
  return (syllable: string): string => {
    const sound = soundOf(syllable)
    const sign = known.get(sound) ?? String.fromCharCode(0x4e00 + known.size)
    known.set(sound, sign)
    return sign
  }
}

const sameSound = signs((syllable) => syllable)
const likeSound = signs(blurred)

/**
 * What a tongue or a keyboard does not keep apart: n, l and r; z and zh, c and ch, s and sh; f and h before u; a last n
 * and ng.
 */
function blurred(syllable: string): string {
  return syllable
    .replace(/^[nr](?=[aeiouv])/, 'l')
    .replace(/^([zcs])h/, '$1')
    .replace(/^f(?=[aeo])/, 'hu')
    .replace(/^f/, 'h')
    .replace(/^hue(?=[in])/, 'hu')
    .replace(/([aei])ng$/, '$1n')
}

interface Sound {
  /** Toneless pinyin. */
  pinyin: string
  same: string
  like: string
  /** It is read in several ways, so that the context decides. 区 is not: Ou is only somebody's name. */
  several: boolean
}

const han = /^\p{Script=Han}$/u
/** Read once for each character. */
const alone = new Map<string, Sound>()

function soundOf(character: string): Sound {
  const known = alone.get(character)
  if (known) return known
  if (!han.test(character)) return soundsAs(character, character)
  const [read = character] = syllables(character)
  const all = new Set(pinyin(character, { toneType: 'none', type: 'array', v: true, multiple: true }))
  const sound = { ...soundsAs(character, read), several: all.size > 1 && character !== '区' }
  alone.set(character, sound)
  return sound
}

function soundsAs(character: string, syllable: string): Sound {
  const several = false
  if (!han.test(character)) return { pinyin: syllable, same: character, like: character, several }
  return { pinyin: syllable, same: sameSound(syllable), like: likeSound(syllable), several }
}

export interface Heard {
  /** Equal for texts of the same toneless pinyin. */
  same: string
  /** Equal for texts that are easily mixed up, too. */
  like: string
  /** Without blanks between them: rhxq. */
  initials: string
}

/** By UTF-16 unit, so that a text by ear has the length of the text. */
function joined(text: string, soundAt: (character: string, at: number) => Sound): Heard {
  const found = { same: '', like: '', initials: '' }
  for (let at = 0; at < text.length; at++) {
    const { same, like, pinyin } = soundAt(text.charAt(at), at)
    found.same += same
    found.like += like
    found.initials += pinyin.charAt(0)
  }
  return found
}

/** What it sounds like, each character read by itself. */
export const heard = (text: string): Heard => joined(text, soundOf)

function hasSeveral(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (soundOf(text.charAt(at)).several) return true
  return false
}

/** The same, read alone and read in context (行长, 重庆), when the two differ. */
export function readings(text: string): Heard[] {
  const alone = heard(text)
  if (!hasSeveral(text)) return [alone]
  const inContext = syllables(text)
  const differs =
    inContext.length === text.length &&
    inContext.some((syllable, at) => syllable !== soundOf(text.charAt(at)).pinyin)
  if (!differs) return [alone]
  return [alone, joined(text, (character, at) => soundsAs(character, inContext[at] ?? character))]
}

/** Of a stretch of what was heard already: 金苑 of 金苑社区. */
export const partOf = ({ same, like, initials }: Heard, start: number, end: number): Heard => ({
  same: same.slice(start, end),
  like: like.slice(start, end),
  initials: initials.slice(start, end),
})
