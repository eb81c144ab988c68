import { useCallback, useEffect, useRef, useState, type FormEvent } from 'react';
import { ApiError, signIn } from '../api/client';

/** @param again the session has ended: asked over the page, which stays as it is */
export function SignIn({ again = false, onDone }: { again?: boolean; onDone: () => void }) {
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(location.hash === '#link-expired' ? 'This link was used before or is too old. Type the token instead.' : '');
  const dialog = useRef<HTMLDialogElement>(null);
  const show = useCallback(() => {
    if (again) dialog.current?.showModal();
    document.getElementById('token')?.focus();
  }, [again]);
  useEffect(show, [show]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(token.trim());
      onDone();
    } catch (error) {
      setWrong(error instanceof ApiError ? error.message : String(error));
      setBusy(false);
    }
  };

  const form = (
    <form className="sign-in" onSubmit={submit}>
      <h1>{again ? 'Sign in again' : 'Sign in'}</h1>
      <p>{again
        ? 'Your session has ended. Nothing is lost: after signing in, what you were doing goes on.'
        : 'Type the administrator’s token. It is shown in the terminal when Patchbay starts for the first time, and kept in its data folder.'}</p>
      <input className="unseen" name="username" value="admin" autoComplete="username" readOnly tabIndex={-1} aria-hidden="true" />
      <label htmlFor="token">Administrator’s token</label>
      <input id="token" type="password" autoComplete="current-password" required maxLength={4096} spellCheck={false}
        aria-describedby="sign-in-wrong" value={token} onChange={(event) => setToken(event.target.value)} />
      <p id="sign-in-wrong" className="wrong" role="alert">{wrong}</p>
      <button type="submit" className="strong" disabled={busy}>Sign in</button>
    </form>
  );
  // Browsers let Escape close a dialog when it is pressed twice, whatever the page says.
  return again
    ? <dialog ref={dialog} aria-label="Sign in again" onCancel={(event) => event.preventDefault()} onClose={show}>{form}</dialog>
    : <main className="sign-in-page">{form}</main>;
}
