/**
 * The executor that boxes each call with bubblewrap, namespaces, system call filters and limits: it
 * keeps one launcher alive and talks to one fresh process per call. Entry type {@link
 * io.patchbay.executor.box.BoxedExecutor}. Must not know which addresses code may reach.
 */
@NullMarked
package io.patchbay.executor.box;

import org.jspecify.annotations.NullMarked;
