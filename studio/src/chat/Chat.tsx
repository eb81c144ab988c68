// The chat as a user of the bot sees it, with what the builder may want to know below each reply.

import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import type { Environment, Schemas } from '../api/client';
import { Bubble, Words } from '../hsl/Bubble';
import { Trouble } from '../shared/Trouble';
import { useChat, type Memory } from './useChat';

export interface ChatProps {
  bot: string;
  environment: Environment;
  user: string;
  /** Shown while nothing was said. */
  welcome: (say: (text: string) => void) => ReactNode;
  /** Shown below a reply. */
  below?: (turn: Schemas['Turn'], environment: Environment) => ReactNode;
  /** Shown where a message failed, after what went wrong. */
  onFailure?: (error: unknown, again: () => void) => ReactNode;
  bar?: ReactNode;
  /** Without it, the conversation on screen ends with the screen. */
  memory?: Memory;
}

/** Characters of a message, as the server has it. */
const LONGEST = 10_000;

const STATES: Partial<Record<Schemas['ConversationState'], string>> = {
  complete: 'The conversation is complete. The next message begins a new one.',
  pending: 'The bot has handed over to a person. Here nobody is waiting: restart the chat to go on.',
};

export function Chat({ bot, environment, user, welcome, below, onFailure, bar, memory }: ChatProps) {
  const chat = useChat(bot, environment, user, memory);
  const { typed, setTyped } = chat;
  const log = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [chat.entries, chat.waiting]);

  const say = (text: string) => {
    if (chat.waiting || !text.trim()) return;
    chat.say({ shown: text.trim(), message: { text: text.trim() } });
    field.current?.focus();
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (chat.waiting || !typed.trim()) return;
    say(typed);
    setTyped('');
  };

  return (
    <section className="chat" aria-label="Chat">
      <div className="chat-bar">{bar}<span className="grow" /><button type="button" onClick={() => { chat.restart(); field.current?.focus(); }}>Restart</button></div>
      <div className="chat-log" role="log" aria-label="Conversation" aria-live="polite" tabIndex={0} ref={log}>
        {chat.cut && <p className="aside">What was said before is not shown any more. The conversation goes on.</p>}
        {!chat.entries.length && !chat.cut && welcome(say)}
        {chat.entries.map((entry, index) => entry.kind === 'user' ? (
          <div key={entry.id} className={`bubble from-user${entry.error === undefined ? '' : ' failed'}`}>
            <Words text={entry.shown} />
            {entry.error !== undefined && (
              <>
                <Trouble error={entry.error} />
                {onFailure?.(entry.error, () => chat.again(entry.id))}
                <div className="row">
                  <button type="button" onClick={() => chat.again(entry.id)}>Send again</button>
                  <button type="button" onClick={() => { chat.takeBack(entry.id); setTyped(entry.shown); field.current?.focus(); }}>Edit</button>
                </div>
              </>
            )}
          </div>
        ) : (
          <div key={entry.id} className="turn">
            {entry.turn.messages.map((element, at) => (
              <Bubble key={at} element={element} past={index < chat.entries.length - 1}
                onChoose={chat.waiting ? undefined : (choice) => { chat.say(choice); field.current?.focus(); }} />
            ))}
            {!entry.turn.messages.length && <p className="aside">The bot said nothing.</p>}
            {STATES[entry.turn.state] && <p className="aside">{STATES[entry.turn.state]}</p>}
            {below?.(entry.turn, entry.environment)}
          </div>
        ))}
        {chat.waiting && <p className="aside" role="status">The bot is writing …</p>}
        {chat.error !== undefined && <Trouble error={chat.error} />}
      </div>
      {typed.length >= LONGEST && <p className="aside too-long" role="status">A message may have {LONGEST.toLocaleString()} characters at most.</p>}
      <form className="composer" onSubmit={submit}>
        <textarea ref={field} rows={1} aria-label="Your message" placeholder="Write a message" dir="auto" maxLength={LONGEST} value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }} />
        <button type="submit" className="strong" disabled={chat.waiting}>Send</button>
      </form>
    </section>
  );
}
