import classes from './Brand.module.css';

export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden className={classes.mark}>
      <rect width="24" height="24" rx="5.5" className={classes.ground} />
      <path d="M5.6 8.1h12.8v8a.9.9 0 0 1-.9.9h-11a.9.9 0 0 1-.9-.9z M5.8 8.4l6.2 4.6 6.2-4.6" className={classes.line} />
    </svg>
  );
}

export function Brand() {
  return (
    <span className={classes.brand}>
      <BrandMark />
      Postgång
    </span>
  );
}
