package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of tags that have no end, lead elsewhere, or are none. */
@Timeout(60)
class HostileTagsTest {

    private static final String LIST = "/v2/team/app/tags/list";

    private final FakeContent content = new FakeContent();

    private static List<String> tags(FakeRegistry registry) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.with(
                Registries.of(List.of(registry.plainEntry())), RegistryClientUnderTest.login("the-password"))) {
            return under.client()
                    .tags(TagListRequest.of(ImageReference.parse(registry.host() + "/team/app"), null))
                    .tags();
        }
    }

    private void isRefused(FakeRegistry registry, String words) {
        assertThatThrownBy(() -> tags(registry))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("could not list the tags of " + registry.host() + "/team/app")
                .hasMessageContaining(words);
    }

    @Test
    void pagesAreReadOneAfterTheOther() throws Exception {
        content.at(LIST, "{\"tags\":[\"a\",\"b\"]}")
                .goesOn(LIST, "/v2/team/app/tags/2?last=b&n=2")
                .at("/v2/team/app/tags/2", "{\"tags\":[\"c\",\"a\"]}")
                .goesOn("/v2/team/app/tags/2", "3")
                .at("/v2/team/app/tags/3", "{\"tags\":null}");
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            assertThat(tags(registry)).containsExactly("a", "b", "c");
            assertThat(registry.requests()).anyMatch(request -> request.endsWith("/tags/2?last=b&n=2"));
        }
    }

    @Test
    void pagesInACircleEnd() throws Exception {
        content.at(LIST, "{\"tags\":[\"a\"]}").goesOn(LIST, LIST + "?n=1000");
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            isRefused(registry, "has no end");
            assertThat(registry.requests()).hasSizeLessThan(5);
        }
    }

    @Test
    void everNewPagesEnd() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(HostileTagsTest::everMore)) {
            isRefused(registry, "has no end");
            assertThat(registry.requests()).hasSizeLessThan(1100);
        }
    }

    private static void everMore(HttpExchange exchange) throws IOException {
        String next = "<" + LIST + "?last=" + System.nanoTime() + ">; rel=\"next\"";
        FakeRegistry.send(exchange, 200, Map.of("Link", next), "{\"tags\":[\"a\"]}");
    }

    @Test
    void aListLargerThanAnyIsNotRead() throws Exception {
        content.at(LIST, " ".repeat((8 << 20) + 1));
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            isRefused(registry, "is longer than 8388608 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "<html>|no JSON that can be read",
                "{\"tags\":[\"../x\"]}|no tag: ../x",
                "{\"tags\":[\"a\\u001b[2K\"]}|no tag: a?[2K",
                "{\"tags\":[[[]]]}|no tag: "
            })
    void whatIsNoListOfTagsIsNone(String document, String words) throws Exception {
        content.at(LIST, document);
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            isRefused(registry, words);
        }
    }

    @Test
    void aLinkElsewhereIsNotFollowedAndGetsNoLogin() throws Exception {
        try (FakeRegistry thief = FakeRegistry.plain(content::serve);
                FakeRegistry registry = FakeRegistry.plain(exchange -> {
                    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                        FakeRegistry.send(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=\"x\""), "");
                    } else {
                        content.serve(exchange);
                    }
                })) {
            content.at(LIST, "{\"tags\":[\"a\"]}").goesOn(LIST, "http://" + thief.host() + LIST);

            isRefused(registry, "its list goes on elsewhere, at http://" + thief.host());

            assertThat(thief.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"http://[", "http:///x", "//"})
    void anAddressThatIsNoneIsNotUsed(String link) throws Exception {
        content.at(LIST, "{\"tags\":[\"a\"]}").goesOn(LIST, link);
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            isRefused(registry, "at an address that cannot be used");
        }
    }
}
