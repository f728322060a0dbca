// A secret, the only time that it is shown.
import { Button, CopyButton } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import classes from './Webhooks.module.css';

export function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords();
  return (
    <div role="status" className={classes.secret}>
      <h3>{t('portal.webhooks.secret')}</h3>
      <code>{secret}</code>
      <p>{t('portal.webhooks.secretWhy')}</p>
      <div className={classes.buttons}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="xs" leftSection={<IconCopy size={14} stroke={1.75} aria-hidden />} onClick={copy}>
              <span aria-live="polite">{t(copied ? 'portal.copied' : 'portal.copy')}</span>
            </Button>
          )}
        </CopyButton>
        <Button size="xs" variant="subtle" onClick={onClose}>
          {t('portal.webhooks.secretKept')}
        </Button>
      </div>
    </div>
  );
}
