import {
  createTheme,
  type ActionIconProps,
  type BadgeProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  type KbdProps,
  type MantineColorsTuple,
  type MenuProps,
  type PopoverProps,
  type TabsProps,
  type TooltipProps,
} from '@mantine/core';
import { colourVariables, fixedVariables, tokens, type Scheme } from './tokens';

const { mantine } = tokens.colour;
const px = (value: number) => `${value / 16}rem`;

// What a component has unless it is said: by its types alone, so that the first page need not load those it has not.
const byDefault = <Props>(defaultProps: Partial<Props>) => ({ defaultProps });

export const theme = createTheme({
  primaryColor: mantine.primaryColor,
  primaryShade: { light: 7, dark: 4 },
  autoContrast: mantine.autoContrast,
  colors: {
    fjord: mantine.fjord as unknown as MantineColorsTuple,
    gray: mantine.gray as unknown as MantineColorsTuple,
    dark: mantine.dark as unknown as MantineColorsTuple,
  },
  fontFamily: tokens.type.family,
  fontFamilyMonospace: tokens.type.mono,
  fontSizes: tokens.type.mantineFontSizes,
  lineHeights: { xs: '1.333', sm: '1.46', md: '1.43', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: String(tokens.type.weights.heading),
    sizes: {
      h1: { fontSize: px(tokens.type.scale.h1.px), lineHeight: px(tokens.type.scale.h1.line) },
      h2: { fontSize: px(tokens.type.scale.h2.px), lineHeight: px(tokens.type.scale.h2.line) },
    },
  },
  spacing: {
    xs: px(tokens.spacing.scale['2xs']),
    sm: px(tokens.spacing.scale.sm),
    md: px(tokens.spacing.scale.md),
    lg: px(tokens.spacing.scale.lg),
    xl: px(tokens.spacing.scale.xl),
  },
  radius: {
    xs: px(tokens.radius.xs),
    sm: px(tokens.radius.sm),
    md: px(tokens.radius.md),
    lg: px(tokens.radius.lg),
    xl: px(tokens.radius.lg),
  },
  defaultRadius: tokens.radius.default,
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: byDefault<ButtonProps>({ variant: 'default', size: 'xs' }),
    ActionIcon: byDefault<ActionIconProps>({ variant: 'subtle', color: 'gray' }),
    Badge: byDefault<BadgeProps>({ tt: 'none', radius: 'sm' }),
    Checkbox: byDefault<CheckboxProps>({ size: 'xs', radius: 'sm' }),
    Kbd: byDefault<KbdProps>({ size: 'xs' }),
    Menu: byDefault<MenuProps>({ shadow: 'md', radius: 'lg', transitionProps: { duration: 120 } }),
    Popover: byDefault<PopoverProps>({ shadow: 'md', radius: 'lg', transitionProps: { duration: 120 } }),
    Tabs: byDefault<TabsProps>({ keepMounted: false }),
    Tooltip: byDefault<TooltipProps>({ openDelay: 300, events: { hover: true, focus: true, touch: false } }),
  },
});

const mantineVariables = {
  '--mantine-color-body': 'var(--pg-body)',
  '--mantine-color-text': 'var(--pg-text)',
  '--mantine-color-dimmed': 'var(--pg-dim)',
  '--mantine-color-placeholder': 'var(--pg-dim)',
  '--mantine-color-anchor': 'var(--pg-link)',
  '--mantine-color-default': 'var(--pg-body)',
  '--mantine-color-default-hover': 'var(--pg-hover)',
  '--mantine-color-default-color': 'var(--pg-text)',
  '--mantine-color-default-border': 'var(--pg-border-strong)',
  '--mantine-color-error': 'var(--st-red)',
  '--mantine-shadow-sm': 'var(--pg-shadow-sm)',
  '--mantine-shadow-md': 'var(--pg-shadow-md)',
  '--mantine-shadow-lg': 'var(--pg-shadow-lg)',
};
const variablesOf = (scheme: Scheme) => ({ ...colourVariables(scheme), ...mantineVariables });

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: fixedVariables(),
  light: variablesOf('light'),
  dark: variablesOf('dark'),
});
