// Addresses that somebody has most likely mistyped: the domains that people here have, and one letter wrong in them. It is
// only ever asked, never changed: an unusual address may be the right one.
const usual = ['gmail.com', 'hotmail.com', 'hotmail.se', 'outlook.com', 'live.se', 'telia.com', 'yahoo.com', 'icloud.com', 'bredband.net', 'spray.se'];

// Whether one letter is missing, too many, another one, or has changed places with the next.
function isOneAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (a.length === b.length) return a.slice(at + 1) === b.slice(at + 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2));
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
  return longer.slice(at + 1) === shorter.slice(at);
}

export function likelierAddress(typed: string): string | undefined {
  const [, name, domain] = /^(.+)@([^@\s]+)$/.exec(typed.trim().toLowerCase()) ?? [];
  if (!name || !domain || usual.includes(domain)) return undefined;
  const meant = usual.find((one) => isOneAway(domain, one));
  return meant && `${name}@${meant}`;
}
