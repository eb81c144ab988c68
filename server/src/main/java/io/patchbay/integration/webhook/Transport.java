package io.patchbay.integration.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client behind every API integration, set so that it does one exchange and nothing else.
 *
 * <p>Theory of operation. OkHttp gives its resolver and its socket factory no word of the call that
 * they work for, and a client per call would be slow and would leak (each client shares its list of
 * failed routes with the one that it was made from). So there is one client, the trace of the call
 * is bound to the calling thread, and OkHttp is set to do all its work on that thread: no racing of
 * addresses. Vetting happens in the socket, below everything that OkHttp decides.
 *
 * <p>Connections are used once. The other end may close a kept connection in the very moment in
 * which it is used again; whether it saw the request then cannot be known, so the call would be
 * lost or, tried again, perhaps arrive twice. A kept connection would also have been vetted for
 * another call, perhaps of another bot. TLS sessions are resumed, which saves most of the cost.
 */
final class Transport implements AutoCloseable {
  /**
   * TLS sessions that are kept to be resumed, of all endpoints. One may hold 64 KiB, since an
   * endpoint decides how large its tickets are, and how many it gives.
   */
  private static final int SESSIONS = 500;

  private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  private final Lookups lookups;
  private final OkHttpClient client;

  Transport(HostResolver resolver, X509TrustManager trust) {
    this.lookups = new Lookups(resolver);
    this.client =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .dns(this::lookup)
            .socketFactory(new VettedSockets())
            .sslSocketFactory(tls(trust).getSocketFactory(), trust)
            .eventListenerFactory(_ -> new Listener(CURRENT.get()))
            .build();
  }

  /** What to do with the answer while its body can be read. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Response response);
  }

  /**
   * Sends the request, once, and has its answer read.
   *
   * @throws IOException when no answer came; the trace tells how far it came
   */
  <T> T exchange(Request request, Trace trace, Reader<T> reader) throws IOException {
    return ScopedValue.where(CURRENT, trace)
        .call(() -> {
          Call call = client.newCall(request);
          call.timeout().timeout(Math.max(1, trace.remaining().toNanos()), TimeUnit.NANOSECONDS);
          try (Response response = call.execute()) {
            T read = reader.read(response);
            // Closing would otherwise wait for the rest of a body that nobody wants.
            call.cancel();
            return read;
          } finally {
            trace.leave();
          }
        });
  }

  private List<InetAddress> lookup(String name) throws UnknownHostException {
    Trace trace = CURRENT.get();
    try {
      List<InetAddress> addresses = lookups.lookup(trace.bot(), name, trace.remaining());
      trace.resolved(addresses.size());
      return addresses;
    } catch (IOException e) {
      trace.leave();
      trace.notResolved();
      throw e instanceof UnknownHostException unknown ? unknown : new UnknownHostException("late");
    }
  }

  @Override
  public void close() {
    lookups.close();
    client.connectionPool().evictAll();
  }

  /** The certificates that the JDK trusts. */
  static X509TrustManager platformTrust() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no certificates", e);
    }
  }

  private static SSLContext tls(X509TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      context.getClientSessionContext().setSessionCacheSize(SESSIONS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  /** Only the first method is called by the client; the others would connect at once. */
  private static final class VettedSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new VettedSocket(CURRENT.get());
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  /** Turns the client's events into phases; connecting is seen by the socket itself. */
  private static final class Listener extends EventListener {
    private final Trace trace;

    Listener(Trace trace) {
      this.trace = trace;
    }

    @Override
    public void dnsStart(Call call, String domainName) {
      trace.enter(Trace.Phase.DNS);
    }

    @Override
    public void secureConnectStart(Call call) {
      trace.enter(Trace.Phase.TLS);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
      trace.enter(Trace.Phase.SEND);
    }

    @Override
    public void requestHeadersStart(Call call) {
      trace.enter(Trace.Phase.SEND);
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
      trace.transcript().sent(request.headers());
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      trace.enter(Trace.Phase.WAIT);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      trace.answered(response);
      trace.enter(Trace.Phase.READ);
    }
  }
}
