// Every text and icon colour on every surface it may lie on, in both schemes, by WCAG 2.2's formula.
import { describe, expect, it } from 'vitest';
import { tokens, type Scheme } from './tokens';

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance(hex: string): number {
  const digits = hex.slice(1);
  const full = digits.length === 3 ? [...digits].map((d) => d + d).join('') : digits;
  const [r, g, b] = [0, 2, 4].map((at) => channel(Number.parseInt(full.slice(at, at + 2), 16) / 255));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

describe.each<Scheme>(['light', 'dark'])('contrast in %s', (scheme) => {
  const surfaces = tokens.colour.surfaces[scheme];
  const grounds = ['body', 'nav', 'sunken', 'raised', 'hover', 'selected'] as const;

  it.each(['text', 'text-2', 'dim', 'link'] as const)('%s is 4.5:1 on every surface', (name) => {
    for (const ground of grounds) expect.soft(contrast(surfaces[name], surfaces[ground]), ground).toBeGreaterThanOrEqual(4.5);
  });

  it('the button and the chosen link are 4.5:1', () => {
    expect(contrast(surfaces['on-primary'], surfaces.primary)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(surfaces['on-primary'], surfaces['primary-hover'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(surfaces.primary, surfaces['primary-soft'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(surfaces.text, surfaces['primary-soft'])).toBeGreaterThanOrEqual(4.5);
  });

  it('borders of inputs and checkboxes are 3:1', () => {
    expect(contrast(surfaces.control, surfaces.body)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(tokens.colour.status) as (keyof typeof tokens.colour.status)[])('status %s', (name) => {
    const { text, tint } = tokens.colour.status[name][scheme];
    for (const ground of [tint, surfaces.body, surfaces.hover, surfaces.selected])
      expect.soft(contrast(text, ground), ground).toBeGreaterThanOrEqual(4.5);
    expect(contrast(surfaces.text, tint)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.keys(tokens.colour.channel) as (keyof typeof tokens.colour.channel)[])('channel %s', (name) => {
    const { colour } = tokens.colour.channel[name][scheme];
    for (const ground of [surfaces.body, surfaces.hover, surfaces.selected, surfaces.nav])
      expect.soft(contrast(colour, ground), ground).toBeGreaterThanOrEqual(4.5);
  });
});
