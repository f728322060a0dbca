// What has been merged into this partner, what may be the same, and what is not.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { partnerDistinctionsQuery } from '@/api/distinctions';
import { partnerDoublesQuery, type PartnerDetail } from '@/api/queries';
import { asProblem, problemWords } from '@/api/problem';
import { dateOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Distinctions } from './Distinctions';
import { DoubleCard, useMerging } from './Doubles';
import classes from './Partners.module.css';

export function Merged({ partner }: { partner: PartnerDetail }) {
  const { t } = useWords();
  const { split } = useMerging();
  const doubles = useQuery(partnerDoublesQuery(partner.identifier));
  const apart = useQuery(partnerDistinctionsQuery(partner.identifier));
  const found = doubles.data?.items ?? [];
  const words = split.error && problemWords(t, asProblem(split.error));
  const nothing = found.length === 0 && partner.aliases.length === 0 && !apart.data?.items.length;
  if (nothing) return null;
  return (
    <section className={classes.section}>
      {partner.aliases.length > 0 && (
        <>
          <h2>{t('portal.partner.aliases')}</h2>
          <ul className={classes.known}>
            {partner.aliases.map((alias) => (
              <li key={alias.identifier}>
                <span>
                  {alias.name} <span className={classes.quiet}>{identifierText(alias.identifier)}</span>
                </span>
                <span className={classes.quiet}>{t('portal.partner.aliasBy', { name: alias.mergedBy, date: dateOf(alias.mergedAt) })}</span>
                <Button size="xs" variant="subtle" loading={split.isPending} onClick={() => split.mutate({ keep: partner.identifier, alias: alias.identifier })}>
                  {t('portal.partner.split')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {words && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      {found.length > 0 && (
        <>
          <h2>{t('portal.partner.doubles')}</h2>
          <ul className={classes.doubles}>
            {found.map((one) => (
              <DoubleCard key={`${one.keep.identifier} ${one.other.identifier}`} found={one} />
            ))}
          </ul>
        </>
      )}
      <Distinctions partner={partner.identifier} />
    </section>
  );
}
