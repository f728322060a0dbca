import { expect, test } from 'vitest';
import { accountText } from './accountText';

test('payment identifiers stand as on invoices', () => {
  expect(accountText('bankgiro:54029681')).toEqual({ kind: 'bankgiro', shown: '5402-9681' });
  expect(accountText('bankgiro:9020900')).toEqual({ kind: 'bankgiro', shown: '902-0900' });
  expect(accountText('plusgiro:2865434')).toEqual({ kind: 'plusgiro', shown: '28 65 43-4' });
  expect(accountText('iban:SE3550000000054910000003')).toEqual({ kind: 'iban', shown: 'SE35 5000 0000 0549 1000 0003' });
});
