// Lists in and out: what each row of a file will do is shown before anything is done.
import { SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { exportHref, templateHref, type ListKind } from '@/api/imports';
import { useMay } from '@/api/may';
import { useWords } from '@/texts/useWords';
import { PageHead } from '@/ui/PageHead';
import { Archives } from './Archives';
import { ListFile } from './ListFile';
import classes from './Imports.module.css';

const route = getRouteApi('/frame/settings/imports');
const kinds: readonly ListKind[] = ['partners', 'companies', 'users'];

export function ImportsPage() {
  const { t } = useWords();
  const { list = 'partners' } = route.useSearch();
  const navigate = useNavigate();
  const mayTake = useMay(`${list}:write`);
  const mayGive = useMay(`${list}:read`);
  const mayArchive = useMay('companies:write');
  return (
    <div className={classes.page}>
      <PageHead title={t('portal.settings.imports')} />
      <p className={classes.lead}>{t('portal.imports.lead')}</p>
      <SegmentedControl
        size="sm"
        mt="md"
        aria-label={t('portal.imports.kind')}
        value={list}
        onChange={(value) => void navigate({ to: '/settings/imports', search: { list: value as ListKind }, replace: true, resetScroll: false })}
        data={kinds.map((value) => ({ value, label: t(`portal.imports.kinds.${value}`) }))}
      />
      <p className={classes.quiet}>{t(`portal.imports.about.${list}`)}</p>
      <section aria-labelledby="imports-take" className={classes.section}>
        <h2 id="imports-take">{t('portal.imports.take')}</h2>
        {mayTake ? <ListFile key={list} kind={list} /> : <p className={classes.quiet}>{t('portal.imports.mayNot')}</p>}
        <Files what="template" kind={list} />
      </section>
      <section aria-labelledby="imports-give" className={classes.section}>
        <h2 id="imports-give">{t('portal.imports.give')}</h2>
        <p className={classes.quiet}>{t(mayGive ? 'portal.imports.giveWhy' : 'portal.imports.mayNotGive')}</p>
        {mayGive && <Files what="export" kind={list} />}
      </section>
      {mayArchive && <Archives />}
    </div>
  );
}

function Files({ what, kind }: { what: 'export' | 'template'; kind: ListKind }) {
  const { t, language } = useWords();
  const href = what === 'export' ? exportHref : templateHref;
  return (
    <p className={classes.files}>
      {what === 'template' && <span className={classes.quiet}>{t('portal.imports.templates')}</span>}
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} href={href(kind, format, language)} download>
          {t(format === 'csv' ? 'portal.imports.csv' : 'portal.imports.excel')}
        </a>
      ))}
    </p>
  );
}
