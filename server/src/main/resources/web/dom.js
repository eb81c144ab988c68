// Builds elements. Text only ever becomes text: nothing here reads HTML.

/**
 * @param {string} tag
 * @param {Object} [properties] set as properties; `class` and names with a dash as attributes
 * @param {...(Node|string|null|undefined|false)} children
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class' || name.includes('-') || name === 'role') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child || child === 0).map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

export const byId = (id) => document.getElementById(id);

export function fill(element, ...children) {
  element.replaceChildren(...children.filter(Boolean));
}

const SAFE_SCHEMES = ['http:', 'https:', 'tel:', 'mailto:'];

/** The address if a bot may send a user there, else null. Relative ones would lead back into this page. */
export function safeUrl(text) {
  if (typeof text !== 'string') return null;
  try {
    const url = new URL(text.trim());
    return SAFE_SCHEMES.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(url, ...children) {
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

export function json(value) {
  return el('pre', { class: 'json', tabIndex: 0 }, JSON.stringify(value, null, 2) ?? '');
}

export function folded(title, ...children) {
  return el('details', {}, el('summary', {}, title), ...children);
}

export function unfolded(title, ...children) {
  const details = folded(title, ...children);
  details.open = true;
  return details;
}

/** A failed request: what went wrong, and what can be done about it. */
export function trouble(error, ...actions) {
  return el('div', { class: 'trouble', role: 'alert' },
    el('p', {}, el('strong', {}, error.title), ' ', error.message),
    error.problems?.length
      ? el('ul', {}, ...error.problems.map((p) => el('li', {}, p.pointer ? el('code', {}, p.pointer) : null, ' ', p.message)))
      : null,
    error.hint ? el('p', { class: 'muted' }, error.hint) : null,
    actions.length ? el('div', { class: 'actions' }, ...actions) : null);
}
