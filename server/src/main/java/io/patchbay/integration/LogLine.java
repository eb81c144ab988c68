package io.patchbay.integration;

import java.time.Instant;

/**
 * @param level {@code DEBUG INFO WARNING ERROR CRITICAL}
 * @param logger name of the Python logger; {@code stdout} or {@code stderr} for printed lines
 */
public record LogLine(String level, String logger, String message, Instant time) {}
