// A new key's secret: shown this once.
import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { MadeKey } from '@/api/keys';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import classes from './Keys.module.css';

export function Secret({ made, onDone }: { made: MadeKey; onDone: () => void }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} tabIndex={-1} className={classes.secret} aria-labelledby="key-made">
      <h2 id="key-made">{t('portal.apiKeys.made', { name: made.key.name })}</h2>
      <p>{t('portal.apiKeys.madeWhy')}</p>
      <p className={classes.secretLine}>
        <code>{made.secret}</code>
        <Button leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />} onClick={() => copy(made.secret)}>
          <span aria-live="polite">{t(copied ? 'portal.copied' : 'portal.copy')}</span>
        </Button>
      </p>
      <Button size="sm" className={classes.make ?? ''} onClick={onDone}>
        {t('portal.apiKeys.saved')}
      </Button>
    </section>
  );
}
