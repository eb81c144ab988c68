@NullMarked
package io.patchbay.bot.definition;

import org.jspecify.annotations.NullMarked;
