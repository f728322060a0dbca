// Bars beside each other over time, or beneath each other for groups. What they say is in the table, where the links are:
// to a screen reader they are nothing, and the pointer alone opens documents by them. The period before is an outline.
import classes from './Statistics.module.css';

export interface Bar {
  key: string;
  label: string;
  length: number;
  text: string;
  before?: number | undefined;
  isGap?: boolean | undefined; // nothing to draw a line through
  isRest?: boolean | undefined; // all who are not named
  onOpen?: (() => void) | undefined;
}

const height = 100; // of the drawing, stretched to its place
const step = 10;
const wide = 7;

export function TimeChart({ bars, line }: { bars: readonly Bar[]; line: boolean }) {
  const highest = Math.max(...bars.map(({ length }) => length), 0) || 1;
  const width = Math.max(bars.length, 1) * step;
  const y = (length: number) => height - (Math.max(length, 0) / highest) * height;
  return (
    <div className={classes.time} aria-hidden>
      <span className={classes.scale}>{bars.reduce((most, bar) => (bar.length > most.length ? bar : most), bars[0] ?? { length: 0, text: '' }).text}</span>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className={classes.plot}>
        {bars.map((bar, index) => (
          <g key={bar.key} onClick={bar.onOpen} className={bar.onOpen && classes.opens}>
            <title>{`${bar.label}: ${bar.text}`}</title>
            <rect x={index * step} y={0} width={step} height={height} fill="transparent" />
            {!line && <rect x={index * step + (step - wide) / 2} y={y(bar.length)} width={wide} height={height - y(bar.length)} className={classes.bar} />}
          </g>
        ))}
        {line &&
          stretches(bars).map((points) => (
            // One point alone is drawn to itself: a dot.
            <polyline key={points[0]} points={(points.length > 1 ? points : [...points, ...points]).map((at) => `${at * step + step / 2},${y(bars[at]?.length ?? 0).toFixed(1)}`).join(' ')} className={classes.line} vectorEffect="non-scaling-stroke" />
          ))}
      </svg>
      <div className={classes.axis}>
        <span>{bars[0]?.label}</span>
        {bars.length > 1 && <span>{bars.at(-1)?.label}</span>}
      </div>
    </div>
  );
}

// Where the line goes on, as places: a gap ends it.
function stretches(bars: readonly Bar[]): number[][] {
  const all: number[][] = [[]];
  bars.forEach((bar, at) => (bar.isGap ? all.push([]) : all.at(-1)?.push(at)));
  return all.filter(({ length }) => length > 0);
}

const percent = 100;
const cutAt = 94; // per cent of a bar that goes on beyond the drawing

// The rest of many is as long as all of them: what is named sets the scale, and the rest is cut off.
export function GroupChart({ bars, legend }: { bars: readonly Bar[]; legend: { now: string; before: string } }) {
  const reach = ({ length, before = 0 }: Bar) => Math.max(Math.abs(length), Math.abs(before));
  const named = bars.filter(({ isRest }) => !isRest);
  const longest = Math.max(...named.map(reach), 0) || Math.max(...bars.map(reach), 0) || 1;
  const part = (length: number) => `${Math.min((Math.abs(length) / longest) * percent, percent).toFixed(1)}%`;
  const comparing = bars.some(({ before }) => before !== undefined);
  return (
    <div className={classes.groups} aria-hidden>
      {bars.map((bar) => (
        <div key={bar.key} className={classes.group} data-opens={bar.onOpen !== undefined || undefined} onClick={bar.onOpen}>
          <span className={classes.groupName}>{bar.label}</span>
          <svg className={classes.groupBar} width="100%" height="18">
            <rect x="0" y="3" height="12" width={part(bar.length)} className={bar.length < 0 ? classes.less : classes.bar} />
            {bar.before !== undefined && <rect x="0" y="0.5" height="17" width={part(bar.before)} className={classes.before} />}
            {reach(bar) > longest && (
              <svg x={`${cutAt}%`} className={classes.cut}>
                <path d="M5 -1 L11 -1 L5 19 L-1 19 Z" />
              </svg>
            )}
          </svg>
          <span className={classes.groupText}>{bar.text}</span>
        </div>
      ))}
      {comparing && (
        <p className={classes.legend}>
          {(['now', 'before'] as const).map((side) => (
            <span key={side}>
              <svg width="18" height="12">
                <rect x="0.5" y="0.5" width="17" height="11" className={side === 'now' ? classes.bar : classes.before} />
              </svg>
              {legend[side]}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
