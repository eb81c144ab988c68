package io.patchbay.hsl;

import tools.jackson.databind.node.ObjectNode;

/** One bubble. */
public interface HslElement {
  /** As it goes over the wire. */
  ObjectNode json();
}
