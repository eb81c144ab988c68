package io.patchbay.http;

import io.patchbay.authoring.PackageDesk;
import io.patchbay.base.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the packages of a draft look on the wire. */
final class PackageView {
  private PackageView() {}

  static ObjectNode of(PackageDesk.View packages) {
    ObjectNode view =
        Json.object()
            .put("requirements", packages.requirements())
            .put("state", packages.state())
            .put("lock", packages.lock())
            .put("set", packages.set().orElse(null));
    ArrayNode pinned = view.putArray("packages");
    packages
        .packages()
        .forEach(one -> pinned.addObject().put("name", one.name()).put("version", one.version()));
    ArrayNode log = view.putArray("log");
    packages.log().forEach(log::add);
    packages.error().ifPresent(error -> view.put("error", error));
    packages.installedAt().ifPresent(at -> view.put("installed_at", Views.time(at)));
    return view;
  }
}
