// The design tokens (design/tokens.json) as the portal uses them.
import tokens from '@design/tokens.json';

export { tokens };

export type Scheme = 'light' | 'dark';
export type StatusColour = keyof typeof tokens.colour.status;
export type ChannelName = keyof typeof tokens.colour.channel;
export type DocumentStatus = keyof typeof tokens.documentStatus;
export type DeliveryStatus = keyof typeof tokens.deliveryStatus;

// One scheme's colours as CSS variables: --pg-* surfaces and text, --st-* statuses, --ch-* channels.
export function colourVariables(scheme: Scheme): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(tokens.colour.surfaces[scheme])) variables[`--pg-${name}`] = value;
  for (const [name, colours] of Object.entries(tokens.colour.status)) {
    variables[`--st-${name}`] = colours[scheme].text;
    variables[`--st-${name}-tint`] = colours[scheme].tint;
  }
  for (const [name, channel] of Object.entries(tokens.colour.channel)) variables[`--ch-${name}`] = channel[scheme].colour;
  for (const [name, shadow] of Object.entries(tokens.shadow[scheme])) variables[`--pg-shadow-${name}`] = shadow;
  return variables;
}

// What does not follow the scheme. Paper is the ground of copies: always light, never themed.
export function fixedVariables(): Record<string, string> {
  const variables: Record<string, string> = { '--pg-paper': tokens.colour.surfaces.light.body };
  for (const [name, px] of Object.entries(tokens.spacing.scale)) variables[`--pg-space-${name}`] = `${px}px`;
  for (const [name, px] of Object.entries(tokens.size)) variables[`--pg-size-${name}`] = `${px}px`;
  for (const [name, type] of Object.entries(tokens.type.scale)) {
    variables[`--pg-type-${name}`] = `${type.weight} ${type.px / 16}rem/${type.line / 16}rem ${tokens.type.family}`;
  }
  variables['--pg-mono'] = tokens.type.mono;
  variables['--pg-row'] = `${tokens.density.comfortable.row}px`;
  variables['--pg-row-phone'] = `${tokens.density.phone.row}px`;
  variables['--pg-head'] = `${tokens.density.comfortable.head}px`;
  variables['--pg-cell-x'] = `${tokens.density.comfortable.cellX}px`;
  variables['--pg-motion-fast'] = tokens.motion.fast;
  variables['--pg-motion-drawer'] = tokens.motion.drawer;
  return variables;
}
