/**
 * Finds things of a former list by their keys. Mostly a thing stands where it stood: only for one that moved are the keys put into
 * a map. Of several with one key, the last that the map holds counts, unless one stands at the index.
 */
export function inOrder<T, K>(things: readonly T[], keyOf: (thing: T) => K): (key: K, index: number) => T | undefined {
  let byKey: ReadonlyMap<K, T> | undefined;
  return (key, index) => {
    const there = things[index];
    if (there !== undefined && keyOf(there) === key) return there;
    byKey ??= new Map(things.map((thing) => [keyOf(thing), thing]));
    return byKey.get(key);
  };
}
