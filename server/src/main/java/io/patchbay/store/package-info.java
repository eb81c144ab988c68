/**
 * The SQL behind every port. Entry type {@link io.patchbay.store.Database}; on it stand {@link
 * io.patchbay.store.SqlBotStore}, {@link io.patchbay.store.SqlConversationStore} and {@link
 * io.patchbay.store.SqlInvocationLog}. Must not know HTTP, how a turn is decided, or what is inside
 * the JSON that it keeps.
 *
 * <p>All writes go through one thread that commits many of them at once ({@code GroupCommit});
 * reads run on connections of their own and never wait for it. Statements are made by jOOQ: those
 * of every turn are rendered once and run on statements that each connection keeps ({@link
 * io.patchbay.store.Session#on}), all others are run by jOOQ itself. What only SQLite needs stands
 * in {@code SqliteFile} and {@code SqliteErrors}.
 */
@NullMarked
package io.patchbay.store;

import org.jspecify.annotations.NullMarked;
