import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { DayInput } from './DayInput';

afterEach(cleanup);

test('a year is typed to its end before its day is taken, and one that is left half is forgotten', () => {
  const onTake = vi.fn();
  render(
    <MantineProvider>
      <DayInput label="Från" given="2026-12-01" onTake={onTake} />
    </MantineProvider>,
  );
  const field: HTMLInputElement = screen.getByLabelText('Från');
  const type = (value: string) => fireEvent.change(field, { target: { value } });
  for (const value of ['0002-12-01', '0020-12-01', '0202-12-01']) type(value);
  expect(field.value).toBe('0202-12-01');
  expect(onTake).not.toHaveBeenCalled();
  type('2025-12-01');
  expect(onTake.mock.calls).toEqual([['2025-12-01']]);
  type('0002-12-01');
  fireEvent.blur(field);
  expect(field.value).toBe('2026-12-01');
  type('');
  fireEvent.blur(field);
  expect(onTake).toHaveBeenLastCalledWith(undefined);
});
