// Many messages that arrive together cost one SQL statement: what is asked in one turn of the event loop goes together.

/**
 * @param answerAll answers a list of questions, in their order
 * @param limits `most` questions a statement, `outstanding` statements at a time (the rest waits and grows)
 * @returns a function that asks one; an idle bot waits for nothing
 */
export function batched<Q, A>(
  answerAll: (questions: Q[]) => Promise<A[]>,
  limits: { most: number; outstanding: number } = { most: 256, outstanding: 2 },
): (question: Q) => Promise<A> {
  type Asked = { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }
  const waiting: Asked[] = []
  let outstanding = 0
  let scheduled = false

  const flush = () => {
    scheduled = false
    while (waiting.length > 0 && outstanding < limits.outstanding) {
      const asked = waiting.splice(0, limits.most)
      outstanding++
      void answer(asked).finally(() => {
        outstanding--
        schedule()
      })
    }
  }
  const schedule = () => {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    setImmediate(flush)
  }
  const answer = async (asked: Asked[]) => {
    try {
      const answers = await answerAll(asked.map(({ question }) => question))
      asked.forEach(({ resolve }, at) => {
        resolve(answers[at] as A)
      })
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      schedule()
    })
}
