import { useEffect, useRef, type ReactNode } from 'react';

/** A dialog over the page; Escape and its button close it, and the focus goes back. */
export function Sheet({ title, onClose, children, wide = false }: { title: string; onClose: () => void; children: ReactNode; wide?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => before?.focus?.();
  }, []);
  return (
    <dialog ref={dialog} className={`sheet${wide ? ' wide' : ''}`} aria-label={title} onClose={onClose}>
      <div className="sheet-head"><h2>{title}</h2><button type="button" className="quiet" onClick={onClose}>Close</button></div>
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
