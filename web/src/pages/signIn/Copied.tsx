// A value to be written into another system, with a button that copies it.
import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import classes from './SignIn.module.css';

export function Copied({ value }: { value: string }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  return (
    <span className={classes.copied}>
      <code>{value}</code>
      <ActionIcon size="sm" variant="subtle" onClick={() => copy(value)} aria-label={t(copied ? 'portal.signIn.copied' : 'portal.signIn.copy')}>
        {copied ? <IconCheck size={14} stroke={1.75} aria-hidden /> : <IconCopy size={14} stroke={1.75} aria-hidden />}
      </ActionIcon>
    </span>
  );
}
