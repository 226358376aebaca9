/** Values that are forgotten after a while. */
export interface Kept<T> {
  /** `undefined` where there is none, or it is too old. */
  get(key: string): T | undefined;
  /** Keeps a value for so many milliseconds from now; one that is equal to what is kept only lengthens the time. */
  set(key: string, value: T, lifetime: number): void;
  delete(key: string): void;
  clear(): void;
  /** All that is not too old: the same object as long as none comes, changes or goes. */
  all(): ReadonlyMap<string, T>;
  /** Milliseconds until one of them becomes too old; `undefined` where there is none. */
  goodFor(): number | undefined;
}

/** Values are plain data; `now` gives milliseconds since some moment. */
export function createKept<T>(now: () => number): Kept<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  let shown: ReadonlyMap<string, T> | undefined;

  const remove = (key: string): void => {
    if (entries.delete(key)) shown = undefined;
  };
  const dropOld = (): void => {
    const time = now();
    for (const [key, { until }] of entries) if (until <= time) remove(key);
  };

  return {
    get(key) {
      dropOld();
      return entries.get(key)?.value;
    },
    set(key, value, lifetime) {
      dropOld();
      const before = entries.get(key)?.value;
      const same = before !== undefined && JSON.stringify(before) === JSON.stringify(value);
      if (!same) shown = undefined;
      entries.set(key, { value: same ? before : value, until: now() + lifetime });
    },
    delete: remove,
    clear() {
      entries.clear();
      shown = undefined;
    },
    all() {
      dropOld();
      shown ??= new Map([...entries].map(([key, { value }]) => [key, value]));
      return shown;
    },
    goodFor() {
      dropOld();
      if (entries.size === 0) return undefined;
      return Math.min(...Array.from(entries.values(), ({ until }) => until)) - now();
    },
  };
}
