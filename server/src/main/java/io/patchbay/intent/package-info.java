/**
 * Which node a message means. Entry type {@link io.patchbay.intent.NodeMatcher}. Must not know
 * conversations or integrations.
 */
@NullMarked
package io.patchbay.intent;

import org.jspecify.annotations.NullMarked;
