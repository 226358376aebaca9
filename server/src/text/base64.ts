const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The text that standard base64 stands for, read as UTF-8; line ends within are skipped, as the API server does. What is no UTF-8 comes out as replacement
 * characters. `undefined` where it is no base64.
 */
export function decodeBase64(encoded: string): string | undefined {
  const packed = encoded.replace(/[\r\n]/g, "");
  if (!isPadded(packed)) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < packed.length; i += 4) {
    const word = [0, 1, 2, 3].reduce((sum, k) => sum * 64 + Math.max(0, alphabet.indexOf(packed[i + k] ?? "=")), 0);
    bytes.push(Math.floor(word / 65536), Math.floor(word / 256) % 256, word % 256);
  }
  const padding = /=*$/.exec(packed)?.[0].length ?? 0;
  return fromUtf8(bytes.slice(0, bytes.length - padding));
}

/** Whether a text is standard base64; line ends within do not count. */
export function isBase64(encoded: string): boolean {
  return isPadded(encoded.replace(/[\r\n]/g, ""));
}

function isPadded(packed: string): boolean {
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}

/** A text as standard base64 of its UTF-8. */
export function encodeBase64(text: string): string {
  const bytes = toUtf8(text);
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const word = a * 65536 + b * 256 + c;
    const four = [262144, 4096, 64, 1].map((unit) => alphabet[Math.floor(word / unit) % 64] ?? "").join("");
    const left = bytes.length - i;
    out += left >= 3 ? four : four.slice(0, left + 1).padEnd(4, "=");
  }
  return out;
}

/** How many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

function toUtf8(text: string): readonly number[] {
  const escaped = encodeURIComponent(
    text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD"),
  );
  return (escaped.match(/%[0-9A-F]{2}|[^%]/g) ?? []).map((unit) =>
    unit.length === 3 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0),
  );
}

function fromUtf8(bytes: readonly number[]): string {
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Binary data: what can be read of it is its ASCII.
    return bytes.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : "\uFFFD")).join("");
  }
}
