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
    .replace(/([aei])ng$/, '$1n')
}

interface Sound {
  /** Toneless pinyin. */
  pinyin: string
  same: string
  like: string
}

const han = /^\p{Script=Han}$/u
/** Read once for each character. */
const alone = new Map<string, Sound>()

function soundOf(character: string): Sound {
  const known = alone.get(character)
  if (known) return known
  const [read = character] = han.test(character) ? syllables(character) : []
  const sound = soundsAs(character, read)
  if (han.test(character)) alone.set(character, sound)
  return sound
}

function soundsAs(character: string, syllable: string): Sound {
  if (!han.test(character)) return { pinyin: syllable, same: character, like: character }
  return { pinyin: syllable, same: sameSound(syllable), like: likeSound(syllable) }
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
const unitsOf = (text: string) => Array.from({ length: text.length }, (_, at) => text.charAt(at))

const joined = (sounds: Sound[]): Heard => ({
  same: sounds.map(({ same }) => same).join(''),
  like: sounds.map(({ like }) => like).join(''),
  initials: sounds.map(({ pinyin: [initial = ''] }) => initial).join(''),
})

/** What it sounds like, each character read by itself. */
export const heard = (text: string): Heard => joined(unitsOf(text).map(soundOf))

/** The same, read alone and read in context (行长, 重庆), when the two differ. */
export function readings(text: string): Heard[] {
  const characters = unitsOf(text)
  const each = characters.map(soundOf)
  const inContext = syllables(text)
  const differs =
    inContext.length === text.length && inContext.some((syllable, at) => syllable !== each[at]?.pinyin)
  if (!differs) return [joined(each)]
  const read = characters.map((character, at) => soundsAs(character, inContext[at] ?? character))
  return [joined(each), joined(read)]
}
