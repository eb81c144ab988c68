package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.executor.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections by name, checked against the certificate of a test authority. */
class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path folder;

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @Test
  void a_certificate_is_checked_by_the_name_that_was_asked() throws Exception {
    try (TestBox box =
            TestBox.start(containment(), name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
        TinyWeb web = new TinyWeb(https())) {
      String source =
          """
          import ssl, urllib.request
          AUTHORITY = \"""
          %s
          \"""
          def get(host, **trust):
              context = ssl.create_default_context(**trust)
              try:
                  url = f"https://{host}:%d/secret"
                  return urllib.request.urlopen(url, timeout=30, context=context).read().decode()
              except OSError as error:
                  return "CERTIFICATE" if "CERTIFICATE_VERIFY_FAILED" in str(error) else str(error)
          def main(e, c):
              known = len(ssl.create_default_context().get_ca_certs())
              return [get("api.test", cadata=AUTHORITY), get("wrong.test", cadata=AUTHORITY),
                      get("api.test"), known > 10]
          """
              .formatted(authority(), web.port());
      Execution execution = box.run(source, "api.test", "wrong.test");
      assertThat(TestBox.returned(execution))
          .isEqualTo(
              "[\"you asked for /secret\",\"CERTIFICATE\",\"CERTIFICATE\",%s]"
                  .formatted(Files.exists(Path.of(Authorities.IN_BOX))));
    }
  }

  @Test
  void requests_can_be_imported_and_trusts_what_the_machine_trusts() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/requests")),
        "python3-requests is not installed");
    try (TestBox box =
            TestBox.start(containment(), name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
        TinyWeb plain = TinyWeb.start();
        TinyWeb web = new TinyWeb(https())) {
      String source =
          """
          import requests
          def main(e, c):
              text = requests.get("http://api.test:%d/plain", timeout=30).text
              try: requests.get("https://api.test:%d/", timeout=30)
              except requests.exceptions.SSLError as error: return [text, "verify failed" in str(error)]
          """
              .formatted(plain.port(), web.port());
      assertThat(TestBox.returned(box.run(source, "api.test")))
          .isEqualTo("[\"you asked for /plain\",true]");
    }
  }

  private HttpsServer https() throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("keys.p12");
    if (!Files.exists(file)) {
      keytool(
          "-genkeypair",
          "-alias",
          "web",
          "-keyalg",
          "EC",
          "-dname",
          "CN=api.test",
          "-ext",
          "san=dns:api.test",
          "-ext",
          "bc=ca:true",
          "-validity",
          "2");
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(TinyWeb.loopback(), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private String authority() throws IOException, GeneralSecurityException {
    byte[] certificate = store().getCertificate("web").getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----";
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", "password"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor())
        .as(() -> new String(said, java.nio.charset.StandardCharsets.UTF_8))
        .isZero();
  }
}
