// The matrix: a row for each company that is seen, a column for each that sees. Arrow keys go from cell to cell.
import type { KeyboardEvent } from 'react';
import { useWords } from '@/texts/useWords';
import { cellWords, type Cell, type CellState } from './cells';
import { Mark } from './Mark';
import classes from './Insight.module.css';

interface MatrixProps {
  rows: Cell[][];
  open: Cell | undefined;
  idOf: (cell: Cell) => string;
  onChoose: (cell: Cell) => void;
}

const steps: Record<string, readonly [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function Matrix({ rows, open, idOf, onChoose }: MatrixProps) {
  const { t } = useWords();
  const viewers = rows[0]?.map(({ viewer }) => viewer) ?? [];
  // To the next cell that way which can be changed.
  const go = (event: KeyboardEvent, row: number, column: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    for (let at = row + step[0], across = column + step[1]; ; at += step[0], across += step[1]) {
      const cell = rows[at]?.[across];
      if (!cell) return;
      if (!cell.editable) continue;
      document.getElementById(idOf(cell))?.focus();
      return;
    }
  };
  return (
    <div className={classes.side}>
      <div className={classes.scroll} role="region" aria-label={t('portal.insight.matrix')} tabIndex={0}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col" className={classes.corner}>
                {t('portal.insight.owner')}
              </th>
              {viewers.map((viewer) => (
                <th key={viewer.id} scope="col" className={classes.viewer}>
                  <span>{viewer.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              <tr key={cells[row]?.owner.id}>
                <th scope="row" style={{ paddingInlineStart: `${(cells[row]?.owner.depth ?? 0) * 14}px` }}>
                  {cells[row]?.owner.name}
                </th>
                {cells.map((cell, column) => {
                  const words = cellWords(t, cell);
                  const mark = <Mark state={cell.state} acts={cell.grant?.mayAct ?? false} />;
                  return (
                    <td key={cell.viewer.id}>
                      {cell.editable ? (
                        <button
                          id={idOf(cell)}
                          type="button"
                          className={classes.cell}
                          aria-label={words}
                          title={words}
                          aria-pressed={cell === open}
                          onKeyDown={(event) => go(event, row, column)}
                          onClick={() => onChoose(cell)}
                        >
                          {mark}
                        </button>
                      ) : (
                        <span className={classes.cell} role="img" aria-label={words} title={words}>
                          {mark}
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Legend withUnknown={rows.flat().some(({ state }) => state === 'unknown')} />
    </div>
  );
}

function Legend({ withUnknown }: { withUnknown: boolean }) {
  const { t } = useWords();
  const states: CellState[] = ['tree', 'none', 'part', 'all', ...(withUnknown ? (['unknown'] as const) : [])];
  return (
    <ul className={classes.legend} aria-label={t('portal.insight.legend')}>
      {states.map((state) => (
        <li key={state}>
          <Mark state={state} /> {t(`portal.insight.legendOf.${state}`)}
        </li>
      ))}
      <li>
        <Mark state="all" acts /> {t('portal.insight.legendOf.act')}
      </li>
    </ul>
  );
}
