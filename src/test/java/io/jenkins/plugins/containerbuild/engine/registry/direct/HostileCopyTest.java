package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies out of registries that mean ill, and with lists of referrers as registries of today have them. */
@Timeout(60)
class HostileCopyTest {

    private static final String PASSWORD = "the-password-of-the-test";

    private final FakeContent content = new FakeContent();

    private static CopyResult copy(FakeRegistry registry) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.with(
                Registries.of(List.of(registry.plainEntry())), RegistryClientUnderTest.login(PASSWORD))) {
            return under.client()
                    .copy(new CopyRequest(
                            ImageReference.parse(registry.host() + "/app:1"),
                            List.of(ImageReference.parse(registry.host() + "/copy:1")),
                            true));
        }
    }

    private void isRefused(String root, String... words) throws Exception {
        content.has("app", "1", root);
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            assertThatThrownBy(() -> copy(registry))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll(words);
            assertThat(content.get("/v2/copy/manifests/1")).isNull();
        }
    }

    @Test
    void indexesInIndexesEnd() throws Exception {
        String inner = FakeContent.index(FakeContent.descriptor(MediaTypes.OCI_MANIFEST, FakeContent.image("")));
        for (int depth = 0; depth < 10; depth++) {
            content.has("app", "inner-" + depth, inner);
            inner = FakeContent.index(FakeContent.descriptor(MediaTypes.OCI_INDEX, inner));
        }
        isRefused(inner, "could not read the image", "indexes in indexes, more than 5 deep");
    }

    @Test
    void indexesOfThousandsAreNotFollowed() throws Exception {
        String[] entries = IntStream.range(0, 2000)
                .mapToObj(i -> FakeContent.descriptor(MediaTypes.OCI_MANIFEST, "image " + i))
                .toArray(String[]::new);
        isRefused(FakeContent.index(entries), "it leads to more than 1000 images");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnIndexLeadsToIsWhatItSays(boolean isIndex) throws Exception {
        String real = isIndex ? FakeContent.index() : FakeContent.image("");
        content.has("app", "real", real).at("/v2/app/manifests/" + FakeContent.digest("said"), real);
        String type = isIndex ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
        isRefused(
                FakeContent.index(FakeContent.descriptor(type, "said")),
                "has the digest " + FakeContent.digest(real) + ", not " + FakeContent.digest("said"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST})
    void anImageIsNoIndexAndAnIndexNoImage(String said) throws Exception {
        String real = said.equals(MediaTypes.OCI_INDEX) ? FakeContent.image("") : FakeContent.index();
        content.has("app", "real", real);
        isRefused(
                FakeContent.index(FakeContent.descriptor(said, real)),
                said.equals(MediaTypes.OCI_INDEX) ? "it takes an image for an index" : "something that is no digest");
    }

    @Test
    void strangeTypesAndTheOldFormatAreExplained() throws Exception {
        isRefused("{\"schemaVersion\":1}", "Docker's old format (schema 1)");
        isRefused("{\"mediaType\":\"text/plain\"}", "neither an image nor an index, but of the type text/plain");
        isRefused(
                FakeContent.index(FakeContent.descriptor("text/plain", "x")),
                "holds something that is no image, but of the type text/plain");
    }

    private String withReferrers(List<String> referrers) {
        String image = FakeContent.image("");
        content.has("app", "1", image)
                .at(
                        "/v2/app/referrers/" + FakeContent.digest(image),
                        FakeContent.index(referrers.toArray(new String[0])));
        return "/v2/app/referrers/" + FakeContent.digest(image);
    }

    private String signature(String by) {
        String subject = FakeContent.descriptor(MediaTypes.OCI_MANIFEST, FakeContent.image(""));
        String signature = FakeContent.image(",\"annotations\":{\"by\":\"" + by + "\"},\"subject\":" + subject);
        content.has("app", by, signature);
        return signature;
    }

    @Test
    void aListOfReferrersIsReadPageByPage() throws Exception {
        String first = signature("first");
        String second = signature("second");
        String list = withReferrers(List.of(FakeContent.descriptor(MediaTypes.OCI_MANIFEST, first)));
        content.goesOn(list, "/v2/app/more?page=2")
                .at("/v2/app/more", FakeContent.index(FakeContent.descriptor(MediaTypes.OCI_MANIFEST, second)));
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            CopyResult result = copy(registry);

            assertThat(result.referrers()).containsExactly(FakeContent.digest(first), FakeContent.digest(second));
            for (String each : List.of(first, second)) {
                assertThat(content.get("/v2/copy/manifests/" + FakeContent.digest(each)))
                        .isEqualTo(each);
            }
            // The registry lists them itself.
            assertThat(registry.requests()).noneMatch(request -> request.matches("PUT .*/manifests/sha256-.*"));
        }
    }

    @Test
    void aListWithoutEndIsNotRead() throws Exception {
        String list = withReferrers(List.of());
        content.goesOn(list, list);
        isRefused(FakeContent.image(""), "could not read what refers to", "has no end");
    }

    @Test
    void aListOfThousandsIsNotRead() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            many.add(FakeContent.descriptor(MediaTypes.OCI_MANIFEST, "signature " + i));
        }
        withReferrers(many);
        isRefused(FakeContent.image(""), "more than 1000 others are said to refer to it");
    }

    @Test
    void aListThatGoesOnElsewhereIsNotFollowed() throws Exception {
        try (FakeRegistry thief = FakeRegistry.plain(exchange -> {})) {
            String list = withReferrers(List.of());
            content.goesOn(list, "http://" + thief.host() + "/v2/app/more");
            isRefused(FakeContent.image(""), "its list goes on elsewhere, at http://" + thief.host());
            assertThat(thief.requests()).isEmpty();
        }
    }
}
