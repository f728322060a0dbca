import { expect, it } from 'vitest';
import { endTypeAhead, startTypeAhead } from './typeAhead';

const press = (key: string, more: KeyboardEventInit = {}) => window.dispatchEvent(new KeyboardEvent('keydown', { key, ...more }));

it('keeps what is typed until the field is there, and nothing after', () => {
  startTypeAhead();
  ['4', '7', 'x', 'Backspace', '1', 'Shift'].forEach((key) => press(key));
  press('k', { ctrlKey: true });
  expect(endTypeAhead()).toBe('471');
  press('9');
  expect(endTypeAhead()).toBe('');
});
