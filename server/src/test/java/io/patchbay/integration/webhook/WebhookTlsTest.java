package io.patchbay.integration.webhook;

import static io.patchbay.integration.FailureReason.TLS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.integration.Failure;
import io.patchbay.integration.Invoker.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("K17: TLS is verified, always")
class WebhookTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static KeyStore good;
  private static KeyStore expired;
  private static KeyStore authority;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Path file = folder.resolve("certificates.p12");
    keytool(file, "ca", "-ext", "bc:c=ca:true", "-validity", "10");
    keytool(file, "good", "-signer", "ca", "-ext", "SAN=dns:localhost", "-validity", "10");
    keytool(
        file,
        "expired",
        "-signer",
        "ca",
        "-ext",
        "SAN=dns:localhost",
        "-startdate",
        "-10d",
        "-validity",
        "1");
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      all.load(in, PASSWORD);
    }
    good = only(all, "good");
    expired = only(all, "expired");
    authority = KeyStore.getInstance("PKCS12");
    authority.load(null, null);
    authority.setCertificateEntry("ca", all.getCertificate("ca"));
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
    try (var server = new Server(good)) {
      Reply reply = TestCalls.to(server.url("localhost")).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(TLS_FAILED);
      assertThat(TestCalls.failure(reply).message())
          .isEqualTo(
              "the certificate of localhost:%d is not trusted or not valid now"
                  .formatted(server.port()));
      assertThat(server.requests).hasValue(0);
      assertThat(reply.measures()).containsKeys("dns", "connect", "tls").doesNotContainKey("wait");
    }
  }

  @Test
  void a_trusted_certificate_for_the_name_is_accepted() throws Exception {
    try (var server = new Server(good);
        var invoker = trustingTheAuthority()) {
      Reply reply = TestCalls.to(server.url("localhost")).by(invoker);

      assertThat(TestCalls.output(reply)).isEqualTo("{\"tls\":true}");
      assertThat(reply.measures())
          .containsOnlyKeys(
              "dns", "connect", "tls", "send", "wait", "read", "bytes_out", "bytes_in");
      assertThat(reply.egress().getLast().bytesIn()).isPositive();
      assertThat(reply.egress().getLast().bytesOut()).isPositive();
    }
  }

  @Test
  void a_certificate_for_another_name_is_refused() throws Exception {
    try (var server = new Server(good);
        var invoker = trustingTheAuthority()) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("127.0.0.1")).by(invoker));

      assertThat(failure.reason()).isEqualTo(TLS_FAILED);
      assertThat(failure.message()).contains("is for another host name");
      assertThat(server.requests).hasValue(0);
    }
  }

  @Test
  void an_expired_certificate_is_refused() throws Exception {
    try (var server = new Server(expired);
        var invoker = trustingTheAuthority()) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("localhost")).by(invoker));

      assertThat(failure.reason()).isEqualTo(TLS_FAILED);
      assertThat(failure.message()).contains("not valid now");
      assertThat(server.requests).hasValue(0);
    }
  }

  @Test
  void a_port_that_does_not_speak_tls_is_told() throws IOException {
    for (RawServer.Script script :
        List.<RawServer.Script>of(
            socket -> RawServer.write(socket, RawServer.http("200 OK", "{}")),
            socket -> {},
            socket -> RawServer.write(socket, "\u0015\u0003\u0003\u0000\u0002\u0002("))) {
      try (var server = RawServer.deaf(script)) {
        Failure failure =
            TestCalls.failure(TestCalls.to("https://127.0.0.1:" + server.port() + "/").send());

        assertThat(failure.reason()).isEqualTo(TLS_FAILED);
        assertThat(failure.message()).contains("the TLS handshake with 127.0.0.1:");
      }
    }
  }

  private static WebhookInvoker trustingTheAuthority() throws Exception {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authority);
    var trust =
        (X509TrustManager)
            Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .findFirst()
                .orElseThrow();
    return new WebhookInvoker(
        TestCalls.BOUNDS, HostResolver.SYSTEM, trust, "0.1.0", TestCalls.CLOCK);
  }

  private static void keytool(Path file, String name, String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
  }

  private static KeyStore only(KeyStore all, String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
    return store;
  }

  /** The JDK's own HTTPS server. */
  private static final class Server implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    private final HttpsServer server;

    Server(KeyStore store) throws Exception {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      server = HttpsServer.create(new InetSocketAddress(RawServer.loopback(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.createContext(
          "/",
          exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"tls\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    String url(String host) {
      return "https://" + host + ":" + port() + "/";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
