// The business terms with their names: what the invoice says, in the standard's words.
import { useQuery } from '@tanstack/react-query';
import { termsQuery, type Term } from '@/api/queries';
import { amountText, decimal, type Language } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Terms.module.css';

export default function Terms({ id }: { id: string }) {
  const { t, language } = useWords();
  const { data, error, refetch } = useQuery(termsQuery(id));
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const single = data.items.filter((term) => term.kind !== 'group');
  const groups = data.items.filter((term) => term.kind === 'group');
  return (
    <div className={classes.sheet}>
      <Values terms={single} />
      {groups.map((group) => (
        <Group key={group.path} group={group} level={3} language={language} />
      ))}
      {data.other.length > 0 && (
        <section className={classes.group}>
          <h3>{t('portal.document.outside')}</h3>
          <dl className={classes.values}>
            {data.other.map((other) => (
              <div key={other.path}>
                <dt>
                  <code>{other.path}</code>
                </dt>
                <dd>{other.value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function Group({ group, level, language }: { group: Term; level: number; language: Language }) {
  const Heading = level === 3 ? 'h3' : 'h4';
  const inner = group.children.filter((term) => term.kind === 'group');
  const occurrence = /\[(\d+)\]$/.exec(group.path)?.[1];
  return (
    <section className={classes.group} data-level={level}>
      <Heading>
        {group.name[language]} {occurrence && <span>{occurrence}</span>} <code>{group.term}</code>
      </Heading>
      <Values terms={group.children.filter((term) => term.kind !== 'group')} />
      {inner.map((child) => (
        <Group key={child.path} group={child} level={level + 1} language={language} />
      ))}
    </section>
  );
}

function Values({ terms }: { terms: Term[] }) {
  const { language } = useWords();
  if (terms.length === 0) return null;
  return (
    <dl className={classes.values}>
      {terms.map((term) => (
        <div key={term.path}>
          <dt>
            {term.name[language]} <code>{term.term}</code>
          </dt>
          <dd data-figure={figures.includes(term.kind) || undefined} className={figures.includes(term.kind) ? undefined : 'prose'}>{termText(term, language)}</dd>
        </div>
      ))}
    </dl>
  );
}

const figures: Term['kind'][] = ['amount', 'unit-price', 'quantity', 'percentage'];

export function termText(term: Pick<Term, 'kind' | 'value' | 'currency' | 'scheme'>, language: Language): string {
  const { kind, value, currency, scheme } = term;
  if (value === null) return '';
  if ((kind === 'amount' || kind === 'unit-price') && currency) return amountText({ value, currency }, language);
  if (kind === 'amount' || kind === 'unit-price') return decimal(value, language);
  const comma = language === 'sv' ? value.replace('.', ',') : value;
  if (kind === 'percentage') return `${comma}\u00a0%`;
  if (kind === 'quantity') return scheme ? `${comma}\u00a0${scheme}` : comma;
  if (kind === 'identifier' && scheme) return `${value} (${scheme})`;
  return value;
}
