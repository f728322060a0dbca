// The advanced search: a field for each thing that is known of a document. What is chosen stands in the address as soon as
// it is typed, so that the list beside it, its counts, a saved view and an export all ask the same.
import { Button, Drawer } from '@mantine/core';
import type { Facets } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { FacetPanel, type Change } from './FacetPanel';
import { AmountInput, DateInput, PeriodChoices, TextInputOf } from './FindFields';
import type { ListSearch } from './listSearch';
import classes from './Documents.module.css';

interface FilterDrawerProps {
  opened: boolean;
  onClose: () => void;
  facets: Facets | undefined;
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  onChange: Change;
}

export function FilterDrawer({ opened, onClose, facets, search, direction, onChange }: FilterDrawerProps) {
  const { t } = useWords();
  const fields = { search, onChange };
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={tokens.size.drawer}
      title={t('portal.find.title')}
      closeButtonProps={{ 'aria-label': t('portal.close') }}
      classNames={{ title: classes.drawerTitle }}
      transitionProps={{ duration: 180 }}
    >
      <fieldset className={classes.range}>
        <legend>{t('portal.find.document')}</legend>
        <TextInputOf name="number" {...fields} />
        <TextInputOf name="orderReference" {...fields} />
        <TextInputOf name="paymentReference" {...fields} />
        <TextInputOf name="buyerReference" {...fields} />
        <AmountInput name="amountFrom" {...fields} />
        <AmountInput name="amountTo" {...fields} />
      </fieldset>
      <fieldset className={classes.range}>
        <legend>{t('portal.find.who')}</legend>
        <TextInputOf name="counterpartName" {...fields} />
        <TextInputOf name="customerNumber" {...fields} />
        <TextInputOf name="orgNumber" {...fields} />
      </fieldset>
      <fieldset className={classes.range}>
        <legend>{t('portal.find.when')}</legend>
        <PeriodChoices {...fields} />
        <DateInput name="from" {...fields} />
        <DateInput name="to" {...fields} />
        <DateInput name="dueFrom" {...fields} />
        <DateInput name="dueTo" {...fields} />
      </fieldset>
      <fieldset className={classes.range}>
        <legend>{t('portal.find.inside')}</legend>
        <TextInputOf name="line" {...fields} />
        <TextInputOf name="attachment" {...fields} />
        <TextInputOf name="finding" {...fields} />
        <TextInputOf name="ticket" {...fields} />
      </fieldset>
      <FacetPanel facets={facets} search={search} direction={direction} onChange={onChange} />
      <div className={classes.drawerFoot}>
        <Button
          variant="subtle"
          size="sm"
          onClick={() => onChange({ ...Object.fromEntries(Object.keys(search).map((key) => [key, undefined])), sort: search.sort, find: true })}
        >
          {t('portal.documents.clearFilter')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('portal.documents.showHits')}
        </Button>
      </div>
    </Drawer>
  );
}
