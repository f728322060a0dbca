import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ActionIcon, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import classes from './Documents.module.css';

interface SearchFieldProps {
  query: string | undefined;
  hint: string;
  refused?: string | undefined; // why the list does not take it, in words
  help?: ReactNode;
  onChange: (query: string | undefined) => void;
}

// Searches a list while one types.
export function SearchField({ query: wanted = '', hint, refused, help, onChange }: SearchFieldProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(wanted);
  const asked = useRef(wanted);
  const ask = useDebouncedCallback((query: string) => {
    asked.current = query;
    onChange(query || undefined);
  }, 160);
  // Another address from elsewhere (back, a link) shows here; our own typing is not disturbed by its echo.
  useEffect(() => {
    if (wanted === asked.current) return;
    asked.current = wanted;
    setTyped(wanted);
  }, [wanted]);
  return (
    <TextInput
      className={classes.searchField}
      size="xs"
      type="search"
      aria-label={t('portal.documents.search')}
      placeholder={hint}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      value={typed}
      error={refused}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value.trim());
      }}
      rightSectionWidth={help ? 58 : 28}
      rightSection={
        <span className={classes.searchTools}>
          {typed ? (
            <ActionIcon
              size={24}
              aria-label={t('portal.documents.clearSearch')}
              onClick={() => {
                setTyped('');
                ask('');
              }}
            >
              <IconX size={14} stroke={1.75} />
            </ActionIcon>
          ) : null}
          {help}
        </span>
      }
    />
  );
}
