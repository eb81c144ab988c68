/**
 * Which entity values a message holds. Entry type {@link io.patchbay.entity.EntityCollector}. Must
 * not know conversations or integrations.
 */
@NullMarked
package io.patchbay.entity;

import org.jspecify.annotations.NullMarked;
