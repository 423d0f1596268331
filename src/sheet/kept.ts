// Thousands of rows say the same few things: each is worked out once.

/** A hostile file says something else in every row. */
const most = 10_000

/** The same function, which remembers what it answered. */
export function kept<Said, Answer>(work: (said: Said) => Answer): (said: Said) => Answer {
  const answers = new Map<Said, Answer>()
  return (said) => {
    const known = answers.get(said)
    if (known !== undefined || answers.has(said)) return known as Answer
    const answer = work(said)
    if (answers.size < most) answers.set(said, answer)
    return answer
  }
}
