package io.patchbay.http;

/** What a route does. Throws {@link io.patchbay.base.Refusal} for what the caller got wrong. */
@FunctionalInterface
interface Handler {
  Reply handle(Request request);
}
