// Multikanal: how the company's documents choose among the channels that reach, said in words and tried on history.
import { useState } from 'react';
import { Button, MultiSelect, SegmentedControl, Select, Skeleton, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconHistory, IconPlus, IconX } from '@tabler/icons-react';
import { api } from '@/api/client';
import { policyQuery, policyWordsQuery, whole, type Policy, type PolicyDemand, type PolicyShown } from '@/api/multichannel';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { SenderPicker } from '../filters/SenderPicker';
import { ChannelList } from '../partners/ChannelOrder';
import { LookUp } from './LookUp';
import { PolicyTrialResult } from './PolicyTrialResult';
import { complete, offered, type Offer } from './policies';
import classes from './Multichannel.module.css';

export function MultichannelPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(policyQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.multichannel')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={420} mt="md" />}
      {data && (
        <div className={classes.columns}>
          <PolicyForm saved={data} />
          <LookUp />
        </div>
      )}
    </div>
  );
}

function PolicyForm({ saved }: { saved: PolicyShown }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [policy, setPolicy] = useState(() => whole(saved.policy));
  const channels = saved.channels.map(({ channel }) => channel);
  const save = useMutation({
    mutationFn: (body: Policy) => api.put('/api/v1/multichannel/policy', { body }),
    onSuccess: (answer) => {
      client.setQueryData(policyQuery.queryKey, answer);
      setPolicy(whole(answer.policy));
      void client.invalidateQueries({ queryKey: ['partner'] });
    },
  });
  const tried = useMutation({ mutationFn: (body: Policy) => api.post('/api/v1/multichannel/trials', { body }) });
  const change = (to: Partial<Policy>) => {
    save.reset();
    tried.reset();
    setPolicy((now) => ({ ...now, ...to }));
  };
  const isComplete = complete(policy);
  const changed = JSON.stringify(policy) !== JSON.stringify(whole(saved.policy));
  const fault = save.error ?? tried.error;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) save.mutate(policy);
      }}
    >
      <p className={frame.lead}>{t('portal.multichannel.lead')}</p>
      <SegmentedControl
        size="sm"
        aria-label={t('portal.multichannel.by')}
        value={policy.by}
        onChange={(by) => change({ by: by as Policy['by'], order: by === 'order' ? channels : [] })}
        data={(['price', 'speed', 'order'] as const).map((value) => ({ value, label: t(`portal.multichannel.byShort.${value}`) }))}
      />
      {policy.by === 'order' && <ChannelList channels={policy.order} onChange={(order) => change({ order })} />}
      <Demands demands={policy.demands} channels={channels} onChange={(demands) => change({ demands })} />
      <Switch label={t('portal.multichannel.asks')} description={t('portal.multichannel.asksWhy')} checked={policy.asks} onChange={(event) => change({ asks: event.currentTarget.checked })} />
      {isComplete && <Sentences policy={policy} />}
      {fault && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(fault)).what} {problemWords(t, asProblem(fault)).advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!changed || !isComplete}>
          {t('portal.notices.save')}
        </Button>
        <Button size="sm" leftSection={<IconHistory size={16} stroke={1.75} aria-hidden />} loading={tried.isPending} disabled={!isComplete} onClick={() => tried.mutate(policy)}>
          {t('portal.multichannel.tryIt')}
        </Button>
        {save.isSuccess && !changed && (
          <span role="status" className={classes.quiet}>
            {t('portal.multichannel.saved')}
          </span>
        )}
      </div>
      {tried.data && <PolicyTrialResult trial={tried.data} />}
    </form>
  );
}

function Sentences({ policy }: { policy: Policy }) {
  const { t, language } = useWords();
  const { data } = useQuery(policyWordsQuery(policy));
  if (!data) return null;
  return (
    <ul className={classes.sentences} aria-label={t('portal.multichannel.inWords')}>
      {data.sentences[language].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

interface DemandsProps {
  demands: PolicyDemand[];
  channels: string[];
  onChange: (demands: PolicyDemand[]) => void;
}

function Demands({ demands, channels, onChange }: DemandsProps) {
  const { t } = useWords();
  const put = (at: number, demand: PolicyDemand) => onChange(demands.map((one, index) => (index === at ? demand : one)));
  return (
    <section className={classes.section} aria-labelledby="policy-demands">
      <h2 id="policy-demands">{t('portal.multichannel.demands')}</h2>
      {demands.length === 0 && <p className={classes.quiet}>{t('portal.multichannel.noDemands')}</p>}
      {demands.map((demand, index) => (
        <DemandRow key={index} demand={demand} channels={channels} onChange={(next) => put(index, next)} onRemove={() => onChange(demands.filter((_, other) => other !== index))} />
      ))}
      <div className={classes.buttons}>
        {offered(channels).map((offer: Offer) => (
          <Button key={offer.name} size="xs" leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />} onClick={() => onChange([...demands, offer.demand])}>
            {t(`portal.multichannel.offer.${offer.name}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

const whos = ['everyone', 'companies', 'persons', 'public-sector', 'named'] as const;

function DemandRow({ demand, channels, onChange, onRemove }: { demand: PolicyDemand; channels: string[]; onChange: (demand: PolicyDemand) => void; onRemove: () => void }) {
  const { t } = useWords();
  const { counterparts = [], ...rest } = demand;
  return (
    <fieldset className={classes.demand} aria-label={t('portal.multichannel.demand')}>
      <Select
        size="sm"
        aria-label={t('portal.multichannel.who')}
        allowDeselect={false}
        data={whos.map((value) => ({ value, label: t(`portal.multichannel.whoIs.${value}`) }))}
        value={demand.who}
        onChange={(who) => onChange({ ...rest, who: (who ?? 'everyone') as PolicyDemand['who'], ...(who === 'named' ? { counterparts } : {}) })}
      />
      <Select
        size="sm"
        aria-label={t('portal.multichannel.verb')}
        allowDeselect={false}
        data={(['never', 'only'] as const).map((value) => ({ value, label: t(`portal.multichannel.verbIs.${value}`) }))}
        value={demand.verb}
        onChange={(verb) => onChange({ ...demand, verb: (verb ?? 'never') as PolicyDemand['verb'] })}
      />
      <MultiSelect
        size="sm"
        className={classes.grow ?? ''}
        aria-label={t('portal.multichannel.channels')}
        placeholder={demand.channels.length === 0 ? t('portal.multichannel.channels') : ''}
        data={channels.map((value) => ({ value, label: t(`channel.${value}`, { defaultValue: value }) }))}
        value={demand.channels}
        onChange={(next) => onChange({ ...demand, channels: next })}
      />
      <Button size="sm" variant="subtle" color="gray" aria-label={t('portal.multichannel.remove')} onClick={onRemove}>
        <IconX size={16} stroke={1.75} aria-hidden />
      </Button>
      {demand.who === 'named' && (
        <div className={classes.named}>
          <SenderPicker label={t('portal.multichannel.counterparts')} value={counterparts} onChange={(next) => onChange({ ...demand, counterparts: next })} />
        </div>
      )}
    </fieldset>
  );
}
