/**
 * The composition root: start order is reading order, close order its reverse. Entry type {@link
 * io.patchbay.server.PatchbayServer}. Sees every room; nothing but the command line sees it.
 */
@NullMarked
package io.patchbay.server;

import org.jspecify.annotations.NullMarked;
