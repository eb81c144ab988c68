/**
 * Carries a payload to the team's own API and brings its answer back: composes and signs the
 * request, vets the address that is really connected, holds one deadline over all of it, reads the
 * answer within its cap and tells the ways apart in which this fails. Entry type {@link
 * io.patchbay.integration.webhook.WebhookInvoker}. Must not know how a payload is built, what the
 * output means to a turn, or how an invocation is stored.
 */
@NullMarked
package io.patchbay.integration.webhook;

import org.jspecify.annotations.NullMarked;
