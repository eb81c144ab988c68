// What to do about a failure: of the API, and of an integration.

const HINTS: Record<string, string> = {
  not_deployed: 'Train the bot and make its version live here, or choose the other environment.',
  unknown_bot: 'It may have been removed. Go back to the list of bots.',
  unknown_node: 'It may have been removed or renamed. Go back to the bot.',
  too_many_requests: 'Wait a few seconds, then try again.',
  forbidden: 'Open this page under the address that the server printed when it started.',
  stale: 'Somebody else changed this meanwhile. Look at the differences, then choose.',
  request_timeout: 'The connection is slow. Try again.',
  too_large: 'Make it smaller and try again.',
};

export const hintFor = (code: string): string | undefined => HINTS[code];

const ADVICE: Record<string, string> = {
  syntax_error: 'Python cannot read this code. The marked line is where it stopped.',
  import_error: 'The code imports a package that is not there. Add it to the bot’s packages.',
  exception: 'The code raised an exception. The last line of the traceback says which.',
  timeout: 'It took longer than its time limit and was stopped. Give outgoing requests a timeout of their own.',
  out_of_memory: 'It used more memory than its limit. Raise the limit, or read less at once.',
  killed: 'It was stopped from outside. Run it again.',
  no_result: 'main returned nothing. Return reply(...) or a dict with statusCode and body.',
  result_too_large: 'The reply is larger than the limit. Send less.',
  bad_result: 'What main returned does not have the shape that a reply needs.',
  no_rule_matched: 'No connection of this node fits the output, so there was nothing to say. Add one without a condition.',
  dns_failed: 'The host name did not resolve. Check the address.',
  connect_failed: 'Nothing answered at this address. Is the service running?',
  tls_failed: 'The certificate of the other side is not valid.',
  bad_status: 'The API answered with another status than 200.',
  bad_content: 'The API did not answer with JSON.',
  response_too_large: 'The API answered with more than the limit.',
  insecure_url: 'Plain http is allowed only to addresses that the bot’s allow-list names.',
  egress_denied: 'The bot may not connect to this address. Allow it under Egress if it is meant.',
  circuit_open: 'The API failed too often in a row, so it is not called for a while.',
  sandbox_unavailable: 'This server cannot contain code, so it does not run any. Ask who runs it.',
  overloaded: 'Too much was running at once. Run it again.',
  interrupted: 'The server stopped while it ran. Run it again.',
};

export const adviceFor = (reason: string): string | undefined => ADVICE[reason];
