// A day of an own period. A browser gives a date at every key, so that the year 2025 begins as 0002: what is typed is taken when
// it is a day that somebody may mean, and otherwise forgotten when the field is left.
import { useState } from 'react';
import { TextInput, type TextInputProps } from '@mantine/core';
import { isDay } from './statisticsSearch';

interface DayInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  given: string | undefined;
  onTake: (day: string | undefined) => void;
}

export function DayInput({ given, onTake, ...props }: DayInputProps) {
  const [typed, setTyped] = useState<string>(); // until the field is left
  const take = (day: string) => {
    setTyped(day);
    if (isDay(day) && day !== given) onTake(day);
  };
  const leave = (half: boolean) => {
    setTyped(undefined);
    if (typed === '' && !half && given) onTake(undefined);
  };
  return (
    <TextInput
      size="xs"
      {...props}
      type="date"
      value={typed ?? given ?? ''}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={(event) => leave(event.currentTarget.validity.badInput)}
    />
  );
}
