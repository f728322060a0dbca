// The way to a company's own sign-in, from the address that somebody has written.

// What stands after the @ of an address that is whole; empty until it is.
export function domainIn(email: string): string {
  const domain = /^[^@\s]+@([^@\s]+\.[^@\s.]{2,})$/.exec(email.trim())?.[1];
  return domain?.toLowerCase() ?? '';
}

export function startAddress(email: string, to?: string): string {
  const query = new URLSearchParams({ email: email.trim(), ...(to ? { to } : {}) });
  return `/api/v1/oidc/start?${query.toString()}`;
}

// The second step's token, which the way back brings after the #.
export function pendingIn(hash: string): string | undefined {
  return /^#pending=([\w-]{20,128})$/.exec(hash)?.[1];
}
