/** The command line. Entry type {@link io.patchbay.cli.Main}. */
@NullMarked
package io.patchbay.cli;

import org.jspecify.annotations.NullMarked;
