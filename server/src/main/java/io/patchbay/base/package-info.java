/** What every room needs and nothing more: JSON, ids, secrets, problems, error codes. */
@NullMarked
package io.patchbay.base;

import org.jspecify.annotations.NullMarked;
