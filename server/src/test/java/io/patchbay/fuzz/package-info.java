/** A seeded fuzzer over every route of the whole server, and over definitions of bots. */
@NullMarked
package io.patchbay.fuzz;

import org.jspecify.annotations.NullMarked;
