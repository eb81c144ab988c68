package io.patchbay.integration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an invocation of an API sent and got, as text for the builder who tests it. It is made only
 * when it is asked for, and never stored.
 *
 * @param response empty where no answer came
 */
public record Exchange(Request request, Optional<Response> response) {
  /** Headers of a request that hold no secret but the proof of one; lower case. */
  private static final Set<String> SIGNATURES =
      Set.of("x-hub-signature", "x-hub-signature-256", "webhook-signature");

  public record Header(String name, String value) {}

  /**
   * @param body as sent
   */
  public record Request(String method, String url, List<Header> headers, String body) {
    public Request {
      headers = List.copyOf(headers);
    }
  }

  /**
   * @param body as it came; what is not UTF-8 is replaced
   * @param cut whether more of the body came, or might have come, than is in {@code body}
   */
  public record Response(int status, List<Header> headers, String body, boolean cut) {
    public Response {
      headers = List.copyOf(headers);
    }
  }

  /** Takes secrets out of a text. */
  @FunctionalInterface
  public interface Mask {
    /**
     * @param cut whether the text may end within a secret
     */
    String mask(String text, boolean cut);
  }

  /** With every text masked but the signatures, which a builder compares with their own. */
  public Exchange masked(Mask mask) {
    return new Exchange(
        new Request(
            request.method,
            mask.mask(request.url, false),
            request.headers.stream().map(header -> sent(header, mask)).toList(),
            mask.mask(request.body, false)),
        response.map(r ->
            new Response(
                r.status,
                r.headers.stream().map(header -> received(header, mask)).toList(),
                mask.mask(r.body, r.cut),
                r.cut)));
  }

  /** The name comes from the definition and holds no variable. */
  private static Header sent(Header header, Mask mask) {
    return SIGNATURES.contains(header.name.toLowerCase(Locale.ROOT))
        ? header
        : new Header(header.name, mask.mask(header.value, false));
  }

  private static Header received(Header header, Mask mask) {
    return new Header(mask.mask(header.name, false), mask.mask(header.value, false));
  }
}
