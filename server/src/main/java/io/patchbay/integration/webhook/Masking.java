package io.patchbay.integration.webhook;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Takes secret values out of text that is shown to people: as they are, and as they look inside a
 * URL, JSON or HTML, in any case (host names lose theirs).
 */
final class Masking {
  private static final int EXCERPT = 200;

  private final List<Secret> secrets;

  /**
   * Lower case, longest first, so that a secret inside another leaves no rest; made when needed.
   */
  private @Nullable List<String> forms;

  private Masking(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /**
   * @param signing name of the variable that signs, a secret whatever it was declared as
   */
  static Masking of(Bot bot, Optional<String> signing, Map<String, Secret> variables) {
    var secrets = new ArrayList<Secret>();
    variables.forEach((name, value) -> {
      Bot.Variable declared = bot.variables().get(name);
      boolean open = declared != null && !declared.secret();
      if (!open || signing.filter(name::equals).isPresent()) {
        secrets.add(value);
      }
    });
    return new Masking(secrets);
  }

  String mask(String text) {
    return mask(text, false);
  }

  /**
   * The first {@value #EXCERPT} characters in one line, without secrets.
   *
   * @param cut whether more may have followed, so that the end may hold the beginning of a secret
   */
  String excerpt(String text, boolean cut) {
    String head = text.substring(0, Math.min(text.length(), 20 * EXCERPT));
    String shown =
        mask(head, cut || head.length() < text.length())
            .replaceAll("[\\p{Cntrl}\\s\ufffd]+", " ")
            .strip();
    if (shown.length() <= EXCERPT) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return shown.substring(0, end) + "...";
  }

  /**
   * @param cut whether more may have followed, so that the end may hold the beginning of a secret
   */
  String mask(String text, boolean cut) {
    var masked = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int length = secretAt(text, at, cut);
      masked.append(length > 0 ? "***" : text.charAt(at));
      at += Math.max(1, length);
    }
    return masked.toString();
  }

  /** How many characters of a secret begin here, 0 for none. */
  private int secretAt(String text, int at, boolean cut) {
    int left = text.length() - at;
    for (String form : forms()) {
      int length = cut ? Math.min(left, form.length()) : form.length();
      if (text.regionMatches(true, at, form, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  private List<String> forms() {
    if (forms == null) {
      Set<String> all = new HashSet<>();
      secrets.forEach(secret -> addForms(all, secret.reveal()));
      all.remove("");
      forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }
    return forms;
  }

  private static void addForms(Set<String> forms, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    String quoted = Json.write(Json.MAPPER.getNodeFactory().stringNode(value));
    String html = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    List.of(
            value,
            value.strip(),
            encoded,
            encoded.replace("+", "%20"),
            inUrl("http://x/", value),
            inUrl("http://x/?", value),
            quoted.substring(1, quoted.length() - 1),
            html,
            html.replace("\"", "&quot;").replace("'", "&#39;"))
        .forEach(form -> forms.add(form.toLowerCase(Locale.ROOT)));
  }

  /** As the client spells it, which encodes only what a path or a query cannot hold. */
  private static String inUrl(String start, String value) {
    HttpUrl url = HttpUrl.parse(start + value);
    String spelt = url == null ? value : url.toString().substring(start.length());
    // Steps such as /../ are resolved; the rest could be a single letter, found everywhere.
    return spelt.length() < value.length() ? value : spelt;
  }
}
