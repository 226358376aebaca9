/** Answers questions about a thing, each once: the same function given again gets the same answer. */
export type Once<S> = <T>(question: (subject: S) => T) => T;

/** Keeps the answers about `subject`, for as long as what it returns is kept. */
export function onceFor<S>(subject: S): Once<S> {
  let answers: Map<(subject: S) => unknown, { readonly answer: unknown }> | undefined;
  return <T>(question: (subject: S) => T): T => {
    answers ??= new Map();
    let known = answers.get(question);
    if (known === undefined) {
      known = { answer: question(subject) };
      answers.set(question, known);
    }
    // What is kept for a function is what that function returned.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return known.answer as T;
  };
}

/** Asks about each thing once and keeps what came of it in `known`, promises included: whoever owns that map can have it forgotten. */
export function oncePer<K, T>(ask: (key: K) => T, known: Map<K, T> = new Map()): (key: K) => T {
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(key);
    known.set(key, answer);
    return answer;
  };
}
