// Lines for a terminal, as they are, with a button that copies them.
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import classes from './Snippet.module.css';

export function Snippet({ text, label, name }: { text: string; label: string; name?: string }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  return (
    <div className={classes.snippet}>
      <pre tabIndex={0} role="region" aria-label={label} data-snippet={name}>
        <code>{text}</code>
      </pre>
      <Button className={classes.copy ?? ''} leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />} aria-label={t('portal.developers.copyOf', { what: label })} onClick={() => copy(text)}>
        <span aria-live="polite">{t(copied ? 'portal.copied' : 'portal.copy')}</span>
      </Button>
    </div>
  );
}
