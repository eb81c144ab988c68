package io.patchbay.fuzz;

/** A line of the head of a request, sent as it stands. */
record Header(String name, String value) {}
