package io.patchbay.http;

import io.patchbay.integration.InvocationLog;
import java.util.List;
import java.util.stream.Stream;

/** All that a builder does: drafts, then releases, then looking at what happened. */
public final class BuilderRoutes {
  private final DraftRoutes drafts;
  private final NodeRoutes nodes;
  private final PackageRoutes packages;
  private final VariableRoutes variables;
  private final ReleaseRoutes releases;
  private final InvocationRoutes invocations;

  public BuilderRoutes(BuilderRoom room, InvocationLog log, Yaml yaml) {
    this.drafts = new DraftRoutes(room, yaml);
    this.nodes = new NodeRoutes(room);
    this.packages = new PackageRoutes(room);
    this.variables = new VariableRoutes(room);
    this.releases = new ReleaseRoutes(room);
    this.invocations = new InvocationRoutes(room, log);
  }

  List<Route> routes() {
    return Stream.of(
            drafts.routes(),
            nodes.routes(),
            packages.routes(),
            variables.routes(),
            releases.routes(),
            invocations.routes())
        .flatMap(List::stream)
        .toList();
  }
}
