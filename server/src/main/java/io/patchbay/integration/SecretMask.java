package io.patchbay.integration;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Replaces secret values by {@value #SHOWN}: as they are, in base 64 (also inside of a longer text)
 * and hexadecimal, escaped for URLs, HTML and JSON and as Python prints them; line by line, and the
 * texts inside a secret that is JSON. Values of fewer than {@value #SHORTEST} characters are left
 * alone, since masking them would garble ordinary text and hide nothing that could not be guessed.
 */
public final class SecretMask {
  public static final String SHOWN = "***";
  public static final int SHORTEST = 4;

  /** Lines of a secret and texts inside a secret that is JSON are masked from this length on. */
  private static final int SHORTEST_PART = 8;

  private final List<String> forms;

  public SecretMask(Collection<Secret> secrets) {
    Set<String> all = new LinkedHashSet<>();
    secrets.stream()
        .map(Secret::reveal)
        .flatMap(SecretMask::parts)
        .filter(value -> value.length() >= SHORTEST)
        .forEach(value -> addForms(all, value));
    // The longest first, so that no part of a form is left beside its mask.
    this.forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The value, each long line of it, and each long text inside where it is JSON. */
  private static Stream<String> parts(String value) {
    Stream<String> lines =
        value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_PART);
    return Stream.concat(Stream.of(value), Stream.concat(lines, texts(value)));
  }

  private static Stream<String> texts(String value) {
    try {
      JsonNode json = Json.parse(value);
      return json.isContainer()
          ? leaves(json).filter(t -> t.length() >= SHORTEST_PART)
          : Stream.of();
    } catch (Json.MalformedJson e) {
      return Stream.of();
    }
  }

  private static Stream<String> leaves(JsonNode node) {
    return node.isContainer()
        ? node.valueStream().flatMap(SecretMask::leaves)
        : Stream.of(node.asString()).flatMap(t -> Stream.concat(Stream.of(t), t.lines()));
  }

  private static void addForms(Set<String> forms, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    forms.add(value);
    forms.add(Base64.getEncoder().encodeToString(bytes));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    // Python escapes the star and not the tilde, and leaves slashes in paths alone.
    String quoted = form.replace("*", "%2A").replace("%7E", "~");
    forms.add(quoted);
    forms.add(quoted.replace("+", "%20"));
    forms.add(quoted.replace("+", "%20").replace("%2F", "/"));
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    for (char quote : new char[] {'\'', '"'}) {
      forms.add(pythonRepr(value, quote));
      forms.add(pythonAscii(pythonRepr(value, quote)));
      forms.add(pythonAscii(pythonRepr(latin, quote)));
    }
    forms.add(inner(Json.write(StringNode.valueOf(value))));
    forms.add(inner(asciiJson(value)));
    addHtml(forms, value);
    addInsideBase64(forms, bytes);
  }

  private static void addHtml(Set<String> forms, String value) {
    String html = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    forms.add(html);
    forms.add(html.replace("\"", "&quot;").replace("'", "&#x27;"));
  }

  /**
   * The part of a base 64 text that is the same whatever stands before and behind the secret, as a
   * user's name does in a header of basic authentication.
   */
  private static void addInsideBase64(Set<String> forms, byte[] bytes) {
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String stable = encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
      if (stable.length() >= SHORTEST_PART) {
        forms.add(stable);
        forms.add(stable.replace('+', '-').replace('/', '_'));
      }
    }
  }

  /** As Python prints it inside a list or dict, without the quotes around it. */
  private static String pythonRepr(String value, char quote) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        .replace(String.valueOf(quote), "\\" + quote);
  }

  /** As Python prints it by ascii(); of one character for each byte: as it prints bytes. */
  private static String pythonAscii(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c >= ' ' && c < 127) {
            out.append((char) c);
          } else {
            out.append(String.format(c < 256 ? "\\x%02x" : c < 65_536 ? "\\u%04x" : "\\U%08x", c));
          }
        });
    return out.toString();
  }

  private static String inner(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }

  /** As Python's json.dumps prints it: all that is not ASCII escaped. */
  private static String asciiJson(String value) {
    var out = new StringBuilder();
    for (char c : Json.write(StringNode.valueOf(value)).toCharArray()) {
      if (c < 128) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  public String mask(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, SHOWN);
    }
    return masked;
  }

  /**
   * @param cut whether the text may end within a secret; what a secret begins with is then masked
   *     at the end, from {@value #SHORTEST} characters on
   */
  public String mask(String text, boolean cut) {
    String masked = mask(text);
    return cut ? maskEnd(masked) : masked;
  }

  private String maskEnd(String text) {
    int begun =
        forms.stream()
            .mapToInt(form -> {
              int length = Math.min(form.length() - 1, text.length());
              while (length >= SHORTEST && !text.endsWith(form.substring(0, length))) {
                length--;
              }
              return length >= SHORTEST ? length : 0;
            })
            .max()
            .orElse(0);
    return begun == 0 ? text : text.substring(0, text.length() - begun) + SHOWN;
  }

  /** With every text and every key masked: a copy, or the same where there is no secret. */
  public JsonNode mask(JsonNode node) {
    if (forms.isEmpty()) {
      return node;
    }
    return switch (node) {
      case ObjectNode object -> mask(object);
      case ArrayNode array -> {
        ArrayNode copy = Json.array();
        array.forEach(item -> copy.add(mask(item)));
        yield copy;
      }
      case StringNode text -> StringNode.valueOf(mask(text.asString()));
      // A secret of digits may come back as a number.
      default -> {
        String text = node.asString();
        String masked = mask(text);
        yield masked.equals(text) ? node : StringNode.valueOf(masked);
      }
    };
  }

  public ObjectNode mask(ObjectNode object) {
    if (forms.isEmpty()) {
      return object;
    }
    ObjectNode copy = Json.object();
    object.propertyStream().forEach(e -> copy.set(mask(e.getKey()), mask(e.getValue())));
    return copy;
  }
}
