const cleartext = /^(?:git\+)?http:\/\/(?:[^/:?#@\s]*@)?(\[[^\]]*\]|[^/:?#\s]*)/i;

/**
 * The host of an address that is asked over plain HTTP through the internet; `undefined` for any other scheme, and where the host is this machine, an
 * address of a private network, a name without a dot, or a variable.
 */
export function cleartextHost(url: string): string | undefined {
  const host = cleartext.exec(url)?.[1];
  if (host === undefined || !host.includes(".") || /[$`{]/.test(host)) return undefined;
  if (/^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0)/.test(host)) return undefined;
  return /\.(?:local|localhost|localdomain|internal|intranet|lan|home|corp|svc|test|invalid)$/i.test(host)
    ? undefined
    : host;
}
