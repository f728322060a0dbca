// A date as people read it. The figures are tabular, the hyphens are not: Inter's tabular hyphen is as wide as a figure.
export function DateText({ date, title }: { date: string; title?: string }) {
  const [year, month, day] = date.slice(0, 10).split('-');
  if (month === undefined) return <time className="date">{date}</time>; // a time of today
  return (
    <time dateTime={date} title={title} className="date">
      {year}
      <i>-</i>
      {month}
      <i>-</i>
      {day}
      {date.slice(10)}
    </time>
  );
}
