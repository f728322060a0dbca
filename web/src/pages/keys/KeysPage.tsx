// API keys: made, narrowed, taken over, revoked. For administrators.
import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconKey, IconLock } from '@tabler/icons-react';
import { keysQuery, type ApiKey, type MadeKey } from '@/api/keys';
import { useMay } from '@/api/may';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Snippet } from '../developers/Snippet';
import { snippets } from '../developers/guide';
import { KeyItem } from './KeyItem';
import { MakeKey } from './MakeKey';
import { Secret } from './Secret';
import classes from './Keys.module.css';

const isOver = (key: ApiKey) => key.state === 'revoked' || key.state === 'expired';

export function KeysPage() {
  const { t } = useWords();
  const may = useMay('keys:write');
  const { data, error, refetch } = useQuery({ ...keysQuery, enabled: may });
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.keys')} />
      {!may && (
        <Notice icon={IconLock} title={t('portal.apiKeys.mayNot')}>
          {t('portal.apiKeys.mayNotWhy')}
        </Notice>
      )}
      {error && !data && may && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && may && <Skeleton height={240} mt="md" />}
      {data && may && <Keys keys={data.items} />}
    </div>
  );
}

function Keys({ keys }: { keys: readonly ApiKey[] }) {
  const { t, number } = useWords();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const living = keys.filter((key) => !isOver(key));
  const over = keys.filter(isOver);
  const companies = new Set(keys.map((key) => key.company.id));
  return (
    <div className={`${frame.body} ${classes.body}`}>
      <p className={`${frame.lead} ${classes.lead}`}>
        {t('portal.apiKeys.lead')} <Link to="/developers">{t('portal.apiKeys.toGuide')}</Link>
      </p>
      {made && <Secret made={made} onDone={() => setMade(undefined)} />}
      {making && (
        <MakeKey
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMade(key);
            setMaking(false);
          }}
        />
      )}
      {!making && !made && (
        <Button size="sm" variant="filled" className={classes.make ?? ''} leftSection={<IconKey size={16} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
          {t('portal.apiKeys.make')}
        </Button>
      )}
      {living.length === 0 && !making && !made && <Empty />}
      {living.length > 0 && (
        <ul className={classes.list} aria-label={t('portal.settings.keys')}>
          {living.map((key) => (
            <KeyItem key={key.id} apiKey={key} showCompany={companies.size > 1} />
          ))}
        </ul>
      )}
      {over.length > 0 && (
        <details className={classes.over}>
          <summary>{t('portal.apiKeys.over', { count: over.length, number: number(over.length) })}</summary>
          <ul className={classes.list}>
            {over.map((key) => (
              <KeyItem key={key.id} apiKey={key} showCompany={companies.size > 1} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Empty() {
  const { t } = useWords();
  return (
    <section className={classes.empty} aria-labelledby="keys-none">
      <h2 id="keys-none">{t('portal.apiKeys.none')}</h2>
      <p className={classes.quiet}>{t('portal.apiKeys.noneWhy')}</p>
      <Snippet text={snippets(location.origin).send} label={t('portal.developers.send')} />
    </section>
  );
}
