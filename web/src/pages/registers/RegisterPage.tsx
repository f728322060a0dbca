// One register: search, a row at a time, a whole file at once, and whether senders may see it.
import { useEffect, useRef, useState } from 'react';
import { ActionIcon, Button, Menu, Skeleton, Switch, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconChevronDown, IconFileSearch, IconListDetails, IconPlus, IconSearch, IconTrash, IconUpload } from '@tabler/icons-react';
import { api } from '@/api/client';
import { registerQuery, type Register, type RegisterRow } from '@/api/filters';
import { asProblem, problemWords } from '@/api/problem';
import { isDate } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Crumbs } from '@/ui/Crumbs';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import tables from '@/ui/Table.module.css';
import { ImportFile } from './ImportFile';
import classes from './Registers.module.css';

const route = getRouteApi('/frame/stopped/registers/$registerId');

export function RegisterPage() {
  const { registerId } = route.useParams();
  const { data, error, refetch } = useQuery(registerQuery(registerId));
  return (
    <div className={classes.page}>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={240} />}
      {data && <Shown register={data} />}
    </div>
  );
}

function Shown({ register }: { register: Register }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const refresh = () => void client.invalidateQueries({ queryKey: ['registers'] });
  const share = useMutation({
    mutationFn: (sharedWithSenders: boolean) =>
      api.put('/api/v1/registers/{registerId}', { path: { registerId: register.id }, body: { name: register.name, kind: register.kind, sharedWithSenders } }),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => api.delete('/api/v1/registers/{registerId}', { path: { registerId: register.id } }),
    onSuccess: async () => {
      await navigate({ to: '/stopped/registers' });
      client.removeQueries({ queryKey: ['registers'] });
    },
  });
  const fault = share.error ?? remove.error;
  return (
    <>
      <Crumbs>
        <Link to="/stopped/registers">{t('portal.registers.title')}</Link>
      </Crumbs>
      <PageHead
        title={register.name}
        quiet={`${t(`portal.registers.kinds.${register.kind}`)} · ${t('portal.registers.rowCount', { count: register.rows, number: number(register.rows) })}`}
        actions={
          <>
            <Button leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setAdding(true)}>
              {t('portal.registers.addRow')}
            </Button>
            <Button leftSection={<IconUpload size={16} stroke={1.75} aria-hidden />} onClick={() => setImporting(true)}>
              {t('portal.registers.import')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden />}>{t('portal.filters.more')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconTrash size={16} stroke={1.75} />} onClick={() => remove.mutate()}>
                  {t('portal.registers.remove')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      />
      {fault && (
        <p role="alert" className={classes.fault}>
          {problemWords(t, asProblem(fault)).what} {problemWords(t, asProblem(fault)).advice}
        </p>
      )}
      <Switch
        mt="sm"
        label={t('portal.registers.share')}
        description={t('portal.registers.shareWhy')}
        checked={share.isPending ? share.variables : register.sharedWithSenders}
        onChange={(event) => share.mutate(event.currentTarget.checked)}
      />
      {importing && <ImportFile register={register} onClose={() => setImporting(false)} onDone={refresh} />}
      {adding && <RowForm register={register} onClose={() => setAdding(false)} onDone={refresh} />}
      <Rows register={register} onChange={refresh} />
    </>
  );
}

function Rows({ register, onChange }: { register: Register; onChange: () => void }) {
  const { t } = useWords();
  const { query = '' } = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(query);
  const asked = useRef(query);
  useEffect(() => {
    if (query === asked.current) return;
    asked.current = query;
    setTyped(query);
  }, [query]);
  const ask = useDebouncedCallback((wanted: string) => {
    asked.current = wanted;
    void navigate({ to: '/stopped/registers/$registerId', params: { registerId: register.id }, search: wanted ? { query: wanted } : {}, replace: true, resetScroll: false });
  }, 160);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['registers', register.id, 'rows', query],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/registers/{registerId}/rows', { path: { registerId: register.id }, query: { query, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  const remove = useMutation({
    mutationFn: (value: string) => api.delete('/api/v1/registers/{registerId}/rows/{value}', { path: { registerId: register.id, value } }),
    onSuccess: onChange,
  });
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const empty = data !== undefined && rows.length === 0;
  return (
    <>
      {(register.rows > 0 || query) && (
        <TextInput
          className={classes.search}
          type="search"
          size="xs"
          aria-label={t('portal.registers.search')}
          placeholder={t('portal.registers.searchHint')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            ask(event.currentTarget.value.trim());
          }}
        />
      )}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {empty && query === '' && (
        <Notice icon={IconListDetails} title={t('portal.registers.empty')}>
          {t('portal.registers.emptyWhy')}
        </Notice>
      )}
      {empty && query !== '' && <Notice icon={IconFileSearch} title={t('portal.registers.nothingMatches', { query })} />}
      {rows.length > 0 && (
        <table className={`${tables.table} ${tables.rows} ${classes.table}`} aria-label={register.name}>
          <thead>
            <tr>
              <th scope="col">{t('portal.registers.field.value')}</th>
              <th scope="col">{t('portal.registers.field.label')}</th>
              <th scope="col" className={classes.wide}>
                {t('portal.registers.field.supplier')}
              </th>
              <th scope="col" className={`${classes.date} ${classes.wide}`}>
                {t('portal.registers.field.from')}
              </th>
              <th scope="col" className={`${classes.date} ${classes.wide}`}>
                {t('portal.registers.field.to')}
              </th>
              <th scope="col" className={classes.action}>
                <span className="visually-hidden">{t('portal.registers.removeRow')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.value}/${row.supplier}/${row.from}`}>
                <th scope="row">{row.value}</th>
                <td className={classes.text}>{row.label}</td>
                <td className={`${classes.text} ${classes.wide}`}>{row.supplier ? identifierText(row.supplier) : <span className={classes.quiet}>{t('portal.registers.allSuppliers')}</span>}</td>
                <td className={`${classes.date} ${classes.wide}`}>{row.from && <DateText date={row.from} />}</td>
                <td className={`${classes.date} ${classes.wide}`}>{row.to && <DateText date={row.to} />}</td>
                <td className={classes.action}>
                  <Tooltip label={t('portal.registers.removeRow')}>
                    <ActionIcon aria-label={t('portal.registers.removeRowOf', { value: row.value })} onClick={() => remove.mutate(row.value)}>
                      <IconTrash size={16} stroke={1.75} />
                    </ActionIcon>
                  </Tooltip>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <Button mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.partners.more')}
        </Button>
      )}
    </>
  );
}

const blank = { value: '', label: '', supplier: '', from: '', to: '' };

function RowForm({ register, onClose, onDone }: { register: Register; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const [row, setRow] = useState(blank);
  const put = useMutation({
    mutationFn: () => {
      const given = (text: string) => text.trim() || null;
      const supplier = given(row.supplier);
      const body: Omit<RegisterRow, 'value'> = {
        label: given(row.label),
        supplier: supplier && !supplier.includes(':') ? `0007:${supplier.replace(/[\s-]/g, '')}` : supplier,
        from: given(row.from),
        to: given(row.to),
      };
      return api.put('/api/v1/registers/{registerId}/rows/{value}', { path: { registerId: register.id, value: row.value.trim() }, body });
    },
    onSuccess: () => {
      onDone();
      setRow(blank);
    },
  });
  const fault = put.error ? problemWords(t, asProblem(put.error)) : undefined;
  const datesGood = (['from', 'to'] as const).every((name) => row[name] === '' || isDate(row[name]));
  return (
    <form
      className={classes.rowForm}
      aria-label={t('portal.registers.addRow')}
      onSubmit={(event) => {
        event.preventDefault();
        if (row.value.trim() && datesGood) put.mutate();
      }}
    >
      {(['value', 'label', 'supplier', 'from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          size="xs"
          label={t(`portal.registers.field.${name}`)}
          value={row[name]}
          autoFocus={name === 'value'}
          maxLength={200}
          placeholder={name === 'from' || name === 'to' ? t('portal.documents.datePattern') : undefined}
          error={(name === 'from' || name === 'to') && row[name] !== '' && !isDate(row[name]) ? t('portal.documents.dateWrong') : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setRow((now) => ({ ...now, [name]: value }));
          }}
        />
      ))}
      <div className={classes.buttons}>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('portal.close')}
        </Button>
        <Button type="submit" loading={put.isPending} disabled={!row.value.trim() || !datesGood}>
          {t('portal.registers.saveRow')}
        </Button>
      </div>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
    </form>
  );
}
