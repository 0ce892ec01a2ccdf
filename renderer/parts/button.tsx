// Buttons: filled blue once per screen, filled red only inside the dialog that names what is lost, the rest outlined or quiet.
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { KeyCaps } from './key-caps.tsx';
import styles from './button.module.css';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly look?: 'outlined' | 'primary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  readonly wide?: boolean;
  readonly large?: boolean;
  /** The key that does the same, as in `Ctrl+K`. */
  readonly keys?: string | undefined;
  readonly children?: ReactNode;
}

export function Button({ look = 'outlined', icon, wide = false, large = false, keys, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={classNames(styles['btn'], look !== 'outlined' && styles[look], wide && styles['wide'], large && styles['large'])} {...rest}>
      {icon === undefined ? null : <Icon name={icon} />}{children}{keys === undefined ? null : <KeyCaps keys={keys} />}
    </button>
  );
}
