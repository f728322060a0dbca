// What cannot be undone is asked about once.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { identityProviderQuery } from '@/api/signIn';
import { useWords } from '@/texts/useWords';
import { Fault } from './Fault';
import classes from './SignIn.module.css';

type Act = 'rebind' | 'remove';

export function Dangers({ bound }: { bound: number }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Act>();
  const act = useMutation({
    mutationFn: (what: Act) => (what === 'rebind' ? api.delete('/api/v1/identity-provider/bindings', {}) : api.delete('/api/v1/identity-provider', {})),
    onSuccess: async () => {
      setAsking(undefined);
      await client.invalidateQueries({ queryKey: identityProviderQuery.queryKey });
    },
  });
  if (asking)
    return (
      <section className={classes.section}>
        <p role="status">{t(`portal.signIn.${asking}Why`)}</p>
        <Fault error={act.error} />
        <div className={classes.buttons}>
          <Button size="sm" variant="filled" loading={act.isPending} onClick={() => act.mutate(asking)}>
            {t(`portal.signIn.${asking}Yes`)}
          </Button>
          <Button size="sm" variant="subtle" onClick={() => setAsking(undefined)}>
            {t('portal.signIn.keep')}
          </Button>
        </div>
      </section>
    );
  return (
    <section className={classes.section}>
      {act.isSuccess && act.variables === 'rebind' && <p role="status">{t('portal.signIn.rebound')}</p>}
      <div className={classes.buttons}>
        {bound > 0 && (
          <Button size="sm" variant="subtle" onClick={() => setAsking('rebind')}>
            {t('portal.signIn.rebind')}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={() => setAsking('remove')}>
          {t('portal.signIn.remove')}
        </Button>
      </div>
    </section>
  );
}
