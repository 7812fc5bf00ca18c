import { Badge, Drawer, type MantineThemeOverride, Modal, Tooltip } from '@mantine/core';
import { theme } from './theme.ts';

/** The theme with how components behave; apart from the tokens, which the build reads. */
export const appTheme: MantineThemeOverride = {
  ...theme,
  components: {
    // the window does not scroll; to lock it, the library would write a style into the page, which its policy refuses
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 550 } }),
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, closeButtonProps: { 'aria-label': 'Close' } },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    }),
  },
};
