// An invitation has been made: it is on its way, or its link is for whoever invited to hand over.
import { Button, TextInput } from '@mantine/core';
import type { Invitation } from '@/api/people';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import classes from './Users.module.css';

export function HandOver({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  const link = invitation.link ? window.location.origin + invitation.link : undefined;
  return (
    <div className={classes.form} role="status">
      {link === undefined ? (
        <p>{t('portal.users.linkSent', { email: invitation.email })}</p>
      ) : (
        <>
          <h2 className={classes.heading}>{t('portal.users.linkTitle')}</h2>
          <p>{t('portal.users.linkWhy', { name: invitation.name })}</p>
          <TextInput size="sm" readOnly aria-label={t('portal.users.linkTitle')} value={link} onFocus={(event) => event.currentTarget.select()} />
        </>
      )}
      <div className={classes.buttons}>
        {link !== undefined && (
          <Button size="sm" onClick={() => copy(link)}>
            {t(copied ? 'portal.copied' : 'portal.copy')}
          </Button>
        )}
        <Button variant="filled" size="sm" onClick={onClose}>
          {t('portal.users.done')}
        </Button>
      </div>
    </div>
  );
}
