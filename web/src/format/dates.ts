// Dates and times as people in Sweden read them: ISO, Swedish time, whatever zone the computer is in.
const zone = 'Europe/Stockholm';
const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function split(instant: string | number | Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
}

export function dateOf(instant: string | number | Date): string {
  const p = split(instant);
  return `${p.year}-${p.month}-${p.day}`;
}

export function timeOf(instant: string | number | Date): string {
  const p = split(instant);
  return `${p.hour}:${p.minute}`;
}

export function secondsOf(instant: string | number | Date): string {
  const p = split(instant);
  return `${p.hour}:${p.minute}:${p.second}`;
}

export function dateTimeOf(instant: string): string {
  return `${dateOf(instant)} ${timeOf(instant)}`;
}

// The server's clock, which a demo or a test may have moved. Set when the session is read.
let ahead = 0; // milliseconds

export function setServerTime(instant: string): void {
  ahead = Date.parse(instant) - Date.now();
}

export function now(): number {
  return Date.now() + ahead;
}

export function today(): string {
  return dateOf(now());
}

export function plusDays(date: string, days: number): string {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

// Of today "09:41", otherwise "2026-11-20".
export function freshOf(instant: string): string {
  return dateOf(instant) === today() ? timeOf(instant) : dateOf(instant);
}

export function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text;
}
