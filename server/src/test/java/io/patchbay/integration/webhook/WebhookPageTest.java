package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/reference/webhook.md tells engineers is what we do. */
class WebhookPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "webhook.md");
  private static final String BODY = "{\"node\":\"ORDER_STATUS\",\"event\":\"API_INTEGRATION\"}";

  @Test
  void the_vectors_on_the_page_are_ours() throws IOException {
    String page = Files.readString(PAGE);

    signed("test")
        .forEach((name, value) -> {
          if (name.toLowerCase(Locale.ROOT).endsWith("signature") || name.endsWith("256")) {
            assertThat(page).contains(name + ": " + value + "\n");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void the_code_on_the_page_tells_our_requests_from_others(String secret) throws Exception {
    Matcher code =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertThat(code.find()).isTrue();
    Map<String, String> headers = signed(secret);
    String check =
        """
        import json, sys
        secret, headers, body = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3].encode()
        print(is_ours(secret, headers, body, 1767225600 + 10),
              is_ours(secret, headers, body + b" ", 1767225600),
              is_ours("another", headers, body, 1767225600),
              is_ours(secret, headers, body, 1767225600 + 3600))
        """;
    assumeTrue(python("-c", "pass").isEmpty(), "python3 is not there");

    String json = Json.MAPPER.writeValueAsString(headers);
    assertThat(python("-c", code.group(1) + check, secret, json, BODY))
        .isEqualTo("True False False False\n");
  }

  private static Map<String, String> signed(String secret) {
    return Signatures.of(
        new Secret(secret), "inv_01", 1_767_225_600, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static String python(String... arguments) throws InterruptedException {
    var command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      return "not started: " + e.getMessage();
    }
  }
}
