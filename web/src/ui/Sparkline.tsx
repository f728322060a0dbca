// A row of figures as one line, the last one a dot: thirty days on the overview, twelve weeks of stops.
interface SparklineProps {
  days: readonly number[];
  colour: string;
  label: string;
  width?: number;
}

export function Sparkline({ days, colour, label, width = 146 }: SparklineProps) {
  const height = 22;
  const margin = 3;
  const highest = Math.max(1, ...days);
  const step = (width - 2 * margin) / Math.max(1, days.length - 1);
  const points = days.map(
    (value, index) => [margin + index * step, height - margin - (value / highest) * (height - 2 * margin)] as const,
  );
  const last = points.at(-1);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polyline
        points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        fill="none"
        stroke={colour}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last && <circle cx={last[0]} cy={last[1]} r="2.25" fill={colour} />}
    </svg>
  );
}
