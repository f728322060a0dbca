// One filter: its demands in words, tried on history before it is switched on, its versions.
import { useState } from 'react';
import { ActionIcon, Button, Menu, SegmentedControl, Skeleton, TextInput, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconChevronDown, IconEdit, IconPlus, IconTrash } from '@tabler/icons-react';
import { api } from '@/api/client';
import { filterQuery, readBackQuery, vocabularyQuery, type Filter, type Rule, type Vocabulary } from '@/api/filters';
import { ApiProblem, asProblem, problemWords } from '@/api/problem';
import { dateOf, isDate, plusDays, today } from '@/format/dates';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { Crumbs } from '@/ui/Crumbs';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { FilterState } from './FiltersPage';
import { RuleEditor } from './RuleEditor';
import { Trial } from './Trial';
import { Versions } from './Versions';
import { freeId } from './conditions';
import { ruleProblems, ruleProblemWords } from './ruleProblems';
import { without } from '@/without';
import classes from './Filters.module.css';

const route = getRouteApi('/frame/stopped/filters/$filterId');

export function FilterPage() {
  const { filterId } = route.useParams();
  const made = filterId === 'new';
  const vocabulary = useQuery(vocabularyQuery);
  const filter = useQuery({ ...filterQuery(filterId), enabled: !made });
  const error = vocabulary.error ?? filter.error;
  return (
    <div className={classes.page}>
      {error && <ErrorNotice error={error} onRetry={() => void (vocabulary.error ? vocabulary.refetch() : filter.refetch())} />}
      {!error && (!vocabulary.data || (!made && !filter.data)) && <Skeleton height={300} />}
      {vocabulary.data && (made || filter.data) && (
        <FilterEditor key={made ? 'new' : `${filter.data?.id}/${filter.data?.version}`} vocabulary={vocabulary.data} filter={made ? undefined : filter.data} />
      )}
    </div>
  );
}

type When = 'now' | 'later' | 'off';

// A date starts at midnight in Sweden: the server is told the day's first minute, winter or summer.
function startOf(date: string): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const swedish = Number(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', hour: '2-digit', hourCycle: 'h23' }).format(noon));
  return new Date(Date.parse(`${date}T00:00:00Z`) - (swedish - 12) * 3_600_000).toISOString();
}

function FilterEditor({ vocabulary, filter }: { vocabulary: Vocabulary; filter: Filter | undefined }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(filter?.name ?? '');
  const [rules, setRules] = useState<Rule[]>(filter?.rules ?? []);
  const [editing, setEditing] = useState<number>(); // rules.length: a new one
  const [fresh, setFresh] = useState<Rule>({});
  const [when, setWhen] = useState<When>(filter?.state === 'planned' ? 'later' : filter?.state === 'off' ? 'off' : 'now');
  const [from, setFrom] = useState(filter?.activeFrom ? dateOf(filter.activeFrom) : plusDays(today(), 14));
  const [comment, setComment] = useState('');

  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), rules, active: when !== 'off', activeFrom: when === 'later' ? startOf(from) : null, ...(comment.trim() ? { comment: comment.trim() } : {}) };
      return filter
        ? api.put('/api/v1/filters/{filterId}', { path: { filterId: filter.id }, body: { ...body, version: filter.version } })
        : api.post('/api/v1/filters', { body });
    },
    onSuccess: async (saved) => taken(saved),
  });
  const remove = useMutation({
    mutationFn: async () => {
      if (filter) await api.delete('/api/v1/filters/{filterId}', { path: { filterId: filter.id } });
    },
    onSuccess: async () => {
      await navigate({ to: '/stopped/filters' });
      client.removeQueries({ queryKey: ['filters'] });
    },
  });
  const taken = async (saved: Filter) => {
    client.removeQueries({ queryKey: ['filters'], exact: true });
    client.setQueryData(filterQuery(saved.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: ['filters', saved.id, 'versions'] });
    void client.invalidateQueries({ queryKey: ['stopped'] });
    await navigate({ to: filter ? '/stopped/filters/$filterId' : '/stopped/filters', params: { filterId: saved.id } });
  };

  const fault = save.error ?? remove.error;
  const faultProblems = fault instanceof ApiProblem && fault.problem.status === 422 ? ruleProblems(fault, undefined) : [];
  const whyNot =
    name.trim() === ''
      ? t('portal.filters.nameFirst')
      : rules.length === 0
        ? t('portal.filters.demandFirst')
        : editing !== undefined
          ? t('portal.filters.doneFirst')
          : when === 'later' && !isDate(from)
            ? t('portal.documents.dateWrong')
            : undefined;
  return (
    <>
      <Crumbs>
        <Link to="/stopped/filters">{t('portal.filters.title')}</Link>
      </Crumbs>
      <PageHead
        title={filter?.name ?? t('portal.filters.new')}
        quiet={filter && <FilterState filter={filter} />}
        actions={
          filter && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden />}>{t('portal.filters.more')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconTrash size={16} stroke={1.75} />} onClick={() => remove.mutate()}>
                  {t('portal.filters.remove')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )
        }
      />
      <div className={classes.form}>
        <TextInput label={t('portal.filters.name')} placeholder={t('portal.filters.nameHint')} size="sm" value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} className={classes.nameField} />
        <section className={classes.section} aria-labelledby="demands">
          <div className={classes.sectionHead}>
            <h2 id="demands">{t('portal.filters.demands')}</h2>
          </div>
          <Rules
            rules={rules}
            editing={editing}
            vocabulary={vocabulary}
            onEdit={setEditing}
            onChange={(next) => {
              setRules(next);
              setEditing(undefined);
            }}
          />
          {editing === rules.length ? (
            <RuleEditor
              rule={fresh}
              vocabulary={vocabulary}
              onCancel={() => setEditing(undefined)}
              onDone={(rule) => {
                setRules([...rules, { ...rule, id: freeId(rules) }]);
                setEditing(undefined);
              }}
            />
          ) : (
            <AddDemand
              vocabulary={vocabulary}
              first={rules.length === 0}
              onAdd={(rule) => {
                setFresh(rule);
                setEditing(rules.length);
              }}
            />
          )}
        </section>
        <Trial rules={rules} filterId={filter?.id} />
        <section className={classes.section} aria-labelledby="switch">
          <div className={classes.sectionHead}>
            <h2 id="switch">{t('portal.filters.switch')}</h2>
          </div>
          <div className={classes.switch}>
            <SegmentedControl
              size="xs"
              aria-labelledby="switch"
              value={when}
              onChange={(value) => setWhen(value as When)}
              data={(['now', 'later', 'off'] as const).map((value) => ({ value, label: t(`portal.filters.when.${value}`) }))}
            />
            {when === 'later' && (
              <TextInput size="xs" aria-label={t('portal.filters.fromDate')} placeholder={t('portal.documents.datePattern')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} className={classes.dateField} error={!isDate(from)} />
            )}
            <span className={classes.quiet}>{t(`portal.filters.whenMeans.${when}`)}</span>
          </div>
          {filter && (
            <TextInput label={t('portal.filters.comment')} placeholder={t('portal.filters.commentHint')} size="sm" maxLength={500} value={comment} onChange={(event) => setComment(event.currentTarget.value)} className={classes.nameField} />
          )}
          {fault && (
            <div role="alert" className={classes.fault}>
              {faultProblems.length > 0 ? faultProblems.map((problem) => <p key={problem.where}>{ruleProblemWords(t, problem)}</p>) : <p>{problemWords(t, asProblem(fault)).what} {problemWords(t, asProblem(fault)).advice}</p>}
            </div>
          )}
          <div className={classes.save}>
            <Tooltip label={whyNot} disabled={!whyNot}>
              <Button size="sm" variant="filled" loading={save.isPending} {...(whyNot ? { 'data-disabled': true, 'aria-disabled': true } : {})} onClick={() => !whyNot && save.mutate()}>
                {t(`portal.filters.save.${when}`)}
              </Button>
            </Tooltip>
            {save.isSuccess && filter && <span role="status" className={classes.quiet}>{t('portal.filters.saved')}</span>}
          </div>
        </section>
        {filter && <Versions filter={filter} onRestored={(restored) => void taken(restored)} />}
      </div>
    </>
  );
}

interface RulesProps {
  rules: Rule[];
  editing: number | undefined;
  vocabulary: Vocabulary;
  onEdit: (index: number | undefined) => void;
  onChange: (rules: Rule[]) => void;
}

function Rules({ rules, editing, vocabulary, onEdit, onChange }: RulesProps) {
  const { t, language } = useWords();
  const back = useQuery({ ...readBackQuery(rules), enabled: rules.length > 0 });
  return (
    <ul className={classes.rules}>
      {rules.map((rule, index) =>
        editing === index ? (
          <li key={rule.id ?? index} className={classes.editingRule}>
            <RuleEditor rule={rule} vocabulary={vocabulary} onCancel={() => onEdit(undefined)} onDone={(next) => onChange(rules.map((one, at) => (at === index ? next : one)))} />
          </li>
        ) : (
          <li key={rule.id ?? index}>
            <p className="prose">{plainWords(back.data?.sentences[language][index] ?? rule.name ?? t('portal.loading'))}</p>
            <div className={classes.ruleActions}>
              <Tooltip label={t('portal.filters.edit')}>
                <ActionIcon onClick={() => onEdit(index)} aria-label={t('portal.filters.editDemand', { number: index + 1 })} disabled={editing !== undefined}>
                  <IconEdit size={16} stroke={1.75} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('portal.filters.removeDemand')}>
                <ActionIcon onClick={() => onChange(rules.filter((_, at) => at !== index))} aria-label={t('portal.filters.removeDemandNumber', { number: index + 1 })} disabled={editing !== undefined}>
                  <IconTrash size={16} stroke={1.75} />
                </ActionIcon>
              </Tooltip>
            </div>
          </li>
        ),
      )}
    </ul>
  );
}

function AddDemand({ vocabulary, first, onAdd }: { vocabulary: Vocabulary; first: boolean; onAdd: (rule: Rule) => void }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(first);
  if (!open && !first)
    return (
      <Button mt="sm" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setOpen(true)}>
        {t('portal.filters.addDemand')}
      </Button>
    );
  return (
    <div className={classes.presets}>
      <p className={classes.quiet}>{t('portal.filters.presets')}</p>
      <ul>
        {vocabulary.presets.map((preset) => (
          <li key={preset.id}>
            <Button
              variant="default"
              onClick={() => {
                setOpen(false);
                onAdd(without(preset.rule, 'id'));
              }}
            >
              {preset.title[language]}
            </Button>
          </li>
        ))}
        <li>
          <Button
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => {
              setOpen(false);
              onAdd({});
            }}
          >
            {t('portal.filters.build')}
          </Button>
        </li>
      </ul>
    </div>
  );
}
