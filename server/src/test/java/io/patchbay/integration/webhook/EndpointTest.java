package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker.Reply;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @DisplayName("B4: base URL and relative path, exactly one slash between")
  @CsvSource({
    "https://a.example, /v1/x, https://a.example/v1/x",
    "https://a.example/, /v1/x, https://a.example/v1/x",
    "https://a.example/, v1/x, https://a.example/v1/x",
    "https://a.example/api, v1/x, https://a.example/api/v1/x",
    "https://a.example/api//, //v1/x, https://a.example/api/v1/x",
    "https://a.example/api, '', https://a.example/api",
    "https://a.example/api, /, https://a.example/api/",
    "https://a.example/api, /x?a=1&b=2, https://a.example/api/x?a=1&b=2",
    "https://[[HOST]], /[[PART]]/x, https://h.example/p/x"
  })
  void paths_are_appended_to_the_base_url(String base, String path, String url) {
    assertThat(usable(path(base, path)).url().toString()).isEqualTo(url);
  }

  @Test
  @DisplayName("B3: the base URL of the environment")
  void each_environment_has_its_own_base_url() {
    TestCalls call =
        TestCalls.path("/x")
            .base(Environment.STAGING, "https://staging.example")
            .base(Environment.PRODUCTION, "https://live.example");

    assertThat(usable(call).url().host()).isEqualTo("staging.example");
    assertThat(usable(call.in(Environment.PRODUCTION)).url().host()).isEqualTo("live.example");
  }

  @Test
  @DisplayName("B4: an absolute URL overrides the base URL, query string included")
  void an_absolute_url_overrides_the_base_url() {
    TestCalls call =
        TestCalls.to("https://other.example/x?key=[[KEY]]")
            .base(Environment.STAGING, "https://staging.example")
            .secretVariable("KEY", "s3cr3t");

    assertThat(usable(call).url().toString()).isEqualTo("https://other.example/x?key=s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({
    "http://2130706433/, 127.0.0.1",
    "http://0x7f.1/, 127.0.0.1",
    "http://0177.0.0.1/, 127.0.0.1",
    "http://127.1/, 127.0.0.1",
    "http://[::ffff:127.0.0.1]/, 127.0.0.1",
    "http://[::ffff:7f00:1]/, 127.0.0.1",
    "http://%31%32%37.0.0.1/, 127.0.0.1",
    "http://[0:0:0:0:0:0:0:1]/, ::1"
  })
  void odd_spellings_of_an_address_become_the_usual_one(String url, String host) {
    Endpoint.Usable usable = usable(TestCalls.to(url));

    assertThat(usable.url().host()).isEqualTo(host);
    assertThat(usable.name()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | must begin with https://",
        "acme.example/x | must begin with https://",
        "ftp://acme.example/ | must begin with https://",
        "file:///etc/passwd | must begin with https://",
        "http:acme.example | must begin with https://",
        "https:// | not a valid URL",
        "https://acme.example:99999/ | not a valid URL",
        "https://acme.example:0/ | not a valid URL",
        "https://user:pass@acme.example/ | user name or password",
        "https://user@acme.example/ | user name or password",
        "https://acme.example/a b | holds a space",
        "https://a..example/ | not a valid URL",
        "https://256.1.1.1/ | is not usable",
        "https://1.2.3.4.5/ | is not usable",
        "https://acme.example/[[NOT_SET]] | needs the variable NOT_SET, which has no value in staging"
      })
  void unusable_urls_say_why(String url, String why) {
    Failure failure = TestCalls.failure(TestCalls.to(url).send());

    assertThat(failure.reason()).isEqualTo(FailureReason.CONNECT_FAILED);
    assertThat(failure.message()).contains(why);
  }

  @Test
  void line_breaks_in_a_url_are_refused() {
    assertThat(TestCalls.failure(TestCalls.to("https://a.example/\r\nx").send()).message())
        .contains("line break");
  }

  @Test
  void a_missing_base_url_is_named() {
    Failure failure =
        TestCalls.failure(
            TestCalls.path("/x").base(Environment.PRODUCTION, "https://live.example").send());

    assertThat(failure.message()).isEqualTo("the bot has no base_url for staging");
  }

  @Test
  void a_base_url_with_a_query_is_refused() {
    assertThat(TestCalls.failure(path("https://a.example/?k=1", "/x").send()).message())
        .contains("base_url must end before any ?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://[[KEY]]/",
        "https://[[KEY]]:99999/",
        "https://u:[[KEY]]@a.example/",
        "https://[[KEY]]..example/",
        "https://a.example/[[KEY]] x",
        "https://a.example/[[KEY]]/[[NOT_SET]]"
      })
  void a_secret_in_a_bad_url_is_not_shown(String url) {
    Reply reply = TestCalls.to(url).secretVariable("KEY", "hush-hush").send();

    assertThat(TestCalls.failure(reply).toString()).doesNotContainIgnoringCase("hush-hush");
  }

  @Test
  void a_secret_in_a_host_is_masked_in_message_and_egress() {
    try (var invoker =
        TestCalls.resolving(_ -> {
          throw new java.net.UnknownHostException("tenant-hush.example");
        })) {
      Reply reply =
          TestCalls.to("https://[[TENANT]].example/")
              .secretVariable("TENANT", "Tenant-HUSH")
              .by(invoker);

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(FailureReason.DNS_FAILED);
      assertThat(TestCalls.failure(reply).message()).contains("***.example:443");
      assertThat(reply.toString()).doesNotContainIgnoringCase("hush");
    }
  }

  @Test
  void values_are_not_searched_for_further_variables() {
    TestCalls call =
        TestCalls.to("https://a.example/[[A]]")
            .variable("A", "%5B[[B]]")
            .secretVariable("B", "hush");

    assertThat(usable(call).url().toString()).doesNotContain("hush");
  }

  private static TestCalls path(String base, String path) {
    return TestCalls.path(path)
        .base(Environment.STAGING, base)
        .variable("HOST", "h.example/")
        .variable("PART", "p");
  }

  private static Endpoint.Usable usable(TestCalls calls) {
    var call = calls.call();
    return (Endpoint.Usable)
        Endpoint.of(call.bot(), call.integration().target(), call.environment(), call.variables());
  }
}
