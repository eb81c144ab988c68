package io.patchbay.http;

/** Who may use a route. */
enum Access {
  /** Anybody; the answer tells nothing about bots and users. */
  PUBLIC,
  /** The bearer of the administrator's token, or a signed-in session. */
  SIGNED_IN
}
