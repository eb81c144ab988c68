package io.patchbay.integration.webhook;

import io.patchbay.executor.work.Budget;
import io.patchbay.integration.Exchange;
import io.patchbay.integration.SecretMask;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Holds on to what went over the wire while a request is made, and turns it into text where
 * somebody asks. Used by one thread at a time.
 */
final class Transcript {
  private static final byte[] NOTHING = {};

  private Optional<Headers> sent = Optional.empty();
  private Optional<Response> head = Optional.empty();
  private byte[] body = NOTHING;
  private boolean cut = true;

  /** The client has written these headers. */
  void sent(Headers headers) {
    sent = Optional.of(headers);
  }

  /** The head of the answer came; nothing of its body yet. */
  void answered(Response response) {
    head = Optional.of(response);
  }

  /**
   * @param body not changed any more
   * @param cut whether there is, or may be, more of it
   */
  void body(byte[] body, boolean cut) {
    this.body = body;
    this.cut = cut;
  }

  /** Without secrets that the mask knows. */
  Exchange exchange(Outgoing.Ready outgoing, SecretMask mask) {
    return Budget.spendAnyway(
        2L * (outgoing.body().size() + body.length), () -> masked(outgoing, mask));
  }

  private Exchange masked(Outgoing.Ready outgoing, SecretMask mask) {
    HttpUrl url = outgoing.endpoint().url();
    var request =
        new Exchange.Request(
            "POST",
            withoutFragment(mask.mask(url.toString())),
            headers(sent.orElseGet(() -> wouldBeSent(outgoing))),
            outgoing.body().utf8());
    Optional<Exchange.Response> response =
        head.map(r -> new Exchange.Response(r.code(), headers(r.headers()), text(body, cut), cut));
    return new Exchange(request, response).masked(mask::mask);
  }

  /** It stays here when the request leaves; with it a secret is found that goes across the two. */
  private static String withoutFragment(String url) {
    int start = url.indexOf('#');
    return start < 0 ? url : url.substring(0, start);
  }

  /** The headers of a request that did not come so far, with those that the client adds. */
  private static Headers wouldBeSent(Outgoing.Ready outgoing) {
    HttpUrl url = outgoing.endpoint().url();
    String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    return outgoing
        .headers()
        .newBuilder()
        .set("Content-Length", Integer.toString(outgoing.body().size()))
        .set("Host", usual ? host : host + ":" + url.port())
        .build();
  }

  private static List<Exchange.Header> headers(Headers headers) {
    return IntStream.range(0, headers.size())
        .mapToObj(i -> new Exchange.Header(headers.name(i), headers.value(i)))
        .toList();
  }

  /**
   * What is not UTF-8 is replaced.
   *
   * @param cut whether the last character may lack bytes; it is then left out, since a secret that
   *     ends in its middle would not be found
   */
  static String text(byte[] bytes, boolean cut) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    decoder.decode(ByteBuffer.wrap(bytes), text, !cut);
    return text.flip().toString();
  }
}
