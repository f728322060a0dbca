import type { ReactNode } from 'react';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import classes from './Document.module.css';

// A value grouped for reading that is copied as it really is.
export function CopyValue({ value, children }: { value: string; children: ReactNode }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  return (
    <Tooltip label={t(copied ? 'portal.copied' : 'portal.copy')}>
      <UnstyledButton className={classes.copyValue} onClick={() => copy(value)}>
        {children}
      </UnstyledButton>
    </Tooltip>
  );
}
