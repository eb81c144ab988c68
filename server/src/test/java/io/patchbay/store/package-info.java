/** Tests of the store: one contract per port for every database, and what only SQLite has. */
@NullMarked
package io.patchbay.store;

import org.jspecify.annotations.NullMarked;
