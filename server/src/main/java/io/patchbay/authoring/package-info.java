/**
 * Drafts, versions, train, deployments, sample input, test invocations, variables. Entry type
 * {@link io.patchbay.authoring.Authoring}. Must not know HTTP, SQL or conversations.
 */
@NullMarked
package io.patchbay.authoring;

import org.jspecify.annotations.NullMarked;
