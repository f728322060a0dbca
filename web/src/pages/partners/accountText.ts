// "bankgiro:54029681" as it stands on invoices: 5402-9681.
export function accountText(account: string): { kind: string; shown: string } {
  const colon = account.indexOf(':');
  const kind = colon < 0 ? '' : account.slice(0, colon);
  const number = account.slice(colon + 1);
  if (kind === 'bankgiro') return { kind, shown: `${number.slice(0, -4)}-${number.slice(-4)}` };
  if (kind === 'plusgiro') {
    const pairs = number.slice(0, -1).replace(/(?=(\d{2})+$)/g, ' ').trim();
    return { kind, shown: `${pairs}-${number.slice(-1)}` };
  }
  return { kind, shown: number.replace(/(.{4})(?=.)/g, '$1 ') };
}
