// What each kind of integration is for, and which one two questions lead to.

export type Kind = 'code' | 'api';

export const SCENARIOS: Record<Kind, string[]> = {
  code: [
    'A provider speaks its own request and response formats',
    'What users gave must be validated or calculated with',
    'Something is posted to or fetched from an outside store or service',
  ],
  api: [
    'A middleware service does the work, such as verifying one-time codes',
    'You have your own authentication and your own data storage',
  ],
};

export interface Answers {
  /** A service of the team's own stands ready, or has to. */
  service?: boolean;
  /** It fits into one file of Python, and needs no storage of its own. */
  small?: boolean;
}

/** Undefined until there is enough to say something. */
export function advised({ service, small }: Answers): { kind: Kind; why: string } | undefined {
  if (service === true) return { kind: 'api', why: 'You have a service for it: let the bot call it.' };
  if (small === false) return { kind: 'api', why: 'It is more than a script, so give it a home of its own and let the bot call it.' };
  if (service === false && small === true) return { kind: 'code', why: 'A script is enough: write it here and run it at once.' };
  return undefined;
}

/** What a new code integration begins with: runs at once, and shows what there is. */
export const FIRST_CODE = `"""Answers the user.

main gets what the bot has collected, and returns what the bot says.
"""

from patchbay import Payload, reply, text


def main(event, context):
    payload = Payload(event)
    name = payload.user.get("full_name", "there")
    print("running for", name)
    hello = f"Hello {name}, this comes from your code."
    return reply(text(hello, quick_replies=["Thank you"]))
`;
