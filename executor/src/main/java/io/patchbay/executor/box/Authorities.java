package io.patchbay.executor.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificates of authorities that this machine trusts, in one file for the box. */
final class Authorities {
  /** Where libraries look for it in the box. */
  static final String IN_BOX = "/etc/ssl/certs/ca-certificates.crt";

  /** Of Debian, Fedora, SUSE and Alpine and their relatives. */
  private static final List<Path> BUNDLES =
      List.of(
          Path.of(IN_BOX),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  /** Read by OpenSSL, and by packages with an idea of their own. */
  private static final List<String> VARIABLES = List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE");

  private Authorities() {}

  /** So that encrypted connections are checked. */
  static void trust(Path bundle, Map<String, String> environment) {
    VARIABLES.forEach(variable -> environment.put(variable, bundle.toString()));
  }

  static Optional<Path> bundle() throws IOException {
    for (Path bundle : BUNDLES) {
      if (Files.isRegularFile(bundle)) {
        return Optional.of(bundle.toRealPath());
      }
    }
    return Optional.empty();
  }
}
