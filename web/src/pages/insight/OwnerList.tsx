// The matrix on a phone: for each company who sees it, and by what.
import { useState, type ReactNode } from 'react';
import { Button, Select } from '@mantine/core';
import { useWords } from '@/texts/useWords';
import { grantWords, type Cell } from './cells';
import { Mark } from './Mark';
import classes from './Insight.module.css';

interface OwnerListProps {
  rows: Cell[][];
  open: Cell | undefined;
  form: ReactNode;
  idOf: (cell: Cell) => string;
  onChoose: (cell: Cell) => void;
}

export function OwnerList({ rows, open, form, idOf, onChoose }: OwnerListProps) {
  return (
    <ul className={classes.owners}>
      {rows.map((cells) => (
        <Owner key={cells[0]?.owner.id} cells={cells} open={open} form={form} idOf={idOf} onChoose={onChoose} />
      ))}
    </ul>
  );
}

function Owner({ cells, open, form, idOf, onChoose }: Omit<OwnerListProps, 'rows'> & { cells: Cell[] }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const owner = cells[0]?.owner;
  if (!owner) return null;
  const through = cells.filter(({ state }) => state === 'tree');
  const given = cells.filter(({ grant, state }) => grant && state !== 'tree');
  const free = cells.filter(({ editable, grant }) => editable && !grant);
  const isHere = open?.owner.id === owner.id;
  return (
    <li>
      <h2>{owner.name}</h2>
      {through.length > 0 && (
        <p className={classes.line}>
          <Mark state="tree" /> {through.map(({ viewer }) => viewer.name).join(', ')}: {t('portal.insight.state.tree')}
        </p>
      )}
      {given.map((cell) => (
        <p key={cell.viewer.id} className={classes.line}>
          <Mark state={cell.state} acts={cell.grant?.mayAct ?? false} />
          <span>{t('portal.insight.sees', { viewer: cell.viewer.name, what: cell.grant ? grantWords(t, cell.grant) : '' })}</span>
          {cell.editable && (
            <Button id={idOf(cell)} size="xs" variant="subtle" aria-label={t('portal.insight.editOf', { viewer: cell.viewer.name, owner: owner.name })} onClick={() => onChoose(cell)}>
              {t('portal.company.edit')}
            </Button>
          )}
        </p>
      ))}
      {given.length === 0 && owner.seen && <p className={classes.quiet}>{t('portal.insight.nobody')}</p>}
      {free.length > 0 && !adding && !isHere && (
        <Button size="xs" aria-label={t('portal.insight.addOf', { owner: owner.name })} onClick={() => setAdding(true)}>
          {t('portal.insight.add')}
        </Button>
      )}
      {adding && !isHere && (
        <Select
          size="sm"
          label={t('portal.insight.who')}
          data={free.map(({ viewer }) => ({ value: viewer.id, label: viewer.name }))}
          onChange={(chosen) => {
            const cell = free.find(({ viewer }) => viewer.id === chosen);
            setAdding(false);
            if (cell) onChoose(cell);
          }}
        />
      )}
      {isHere && form}
    </li>
  );
}
