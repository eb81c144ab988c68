import { useEffect } from 'react';

/** Ctrl or Cmd with a key, wherever the focus is; the editor has these keys itself. */
export function useEverywhere(key: string, action: () => void) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== key || event.defaultPrevented) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
}
