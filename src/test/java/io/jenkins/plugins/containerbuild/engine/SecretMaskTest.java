package io.jenkins.plugins.containerbuild.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

    private final SecretMask mask = new SecretMask();

    @Test
    void hidesThePasswordInEveryFormThatRegistriesEcho() {
        mask.add(RegistryCredentials.password("tester", Secret.of("p+ss w/rd?")));

        assertThat(mask.hide("plain p+ss w/rd?, url p%2Bss+w%2Frd%3F")).isEqualTo("plain ****, url ****");
        assertThat(mask.hide("lower p%2bss%20w%2frd%3f")).isEqualTo("lower ****");
        assertThat(mask.hide("Basic " + base64("tester:p+ss w/rd?"))).isEqualTo("Basic ****");
        assertThat(mask.hide("token " + base64("p+ss w/rd?").replace("=", ""))).isEqualTo("token ****");
    }

    @Test
    void hidesASecretBehindAnyAccountInBase64() {
        mask.add(SecretBytes.of("a-token-of-some-length"));

        for (String account : List.of("", "g", "gi", "git", "oauth2")) {
            String hidden = mask.hide(base64(account + ":a-token-of-some-length"));
            assertThat(hidden)
                    .as(account)
                    .contains("****")
                    .hasSizeLessThan(base64(account + ":").length() + 12);
        }
    }

    @Test
    void hidesWhatToolsBreakIntoLines() {
        String secret = "x7".repeat(100);
        mask.add(SecretBytes.of(secret));

        String wrapped = Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString((secret + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(wrapped.lines().map(mask::hide)).hasSizeGreaterThan(2).containsOnly("****");
    }

    @Test
    void hidesEachLineOfAKeyButNotItsBraces() {
        mask.add(SecretBytes.of("{\n  \"key\": \"abcdefgh\"\n}\n"));

        assertThat(mask.hide("it is \"key\": \"abcdefgh\" here")).isEqualTo("it is **** here");
        assertThat(mask.hide("{ }")).isEqualTo("{ }");
    }

    @Test
    void hidesALongerSecretWhole() {
        mask.add(SecretBytes.of("secret"));
        mask.add(SecretBytes.of("secret-and-more"));

        assertThat(mask.hide("it is secret-and-more")).isEqualTo("it is ****");
    }

    @Test
    void leavesTextsAloneForAnEmptyPassword() {
        mask.add(RegistryCredentials.password("tester", Secret.of("")));

        assertThat(mask.hide("a text")).isEqualTo("a text");
    }

    @Test
    void hidesInEveryTextOfAnEvent() {
        mask.add(SecretBytes.of("hunter22"));

        assertThat(mask.hideIn(new EngineEvent.StepOutput("it is hunter22")))
                .isEqualTo(new EngineEvent.StepOutput("it is ****"));
        assertThat(mask.hideIn(new EngineEvent.StepStarted(1, 2, "RUN echo hunter22")))
                .isEqualTo(new EngineEvent.StepStarted(1, 2, "RUN echo ****"));
        EngineEvent clean = new EngineEvent.Note("nothing");
        assertThat(mask.hideIn(clean)).isSameAs(clean);
    }

    @Test
    void hidesInRawProgressBeforeThatIsEncoded() {
        mask.add(Secret.of("hunter2hunter2"));

        assertThat(EventText.of(mask.hideIn(new EngineEvent.RawProgress(
                        Map.of("logs", List.of(Map.of("data", new EngineEvent.Encoded("a hunter2hunter2\n"))))))))
                .isEqualTo("{\"logs\":[{\"data\":\"" + base64("a ****\n") + "\"}]}");
    }

    @Test
    void leavesDigestsAlone() {
        mask.add(SecretBytes.of("abc"));
        BuildResult result = new BuildResult(
                Digest.parse("sha256:" + "abc0".repeat(16)),
                List.of(),
                null,
                null,
                Duration.ZERO,
                List.of(new BuildStep("RUN echo abc", false, Instant.EPOCH, Duration.ZERO)),
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of());

        BuildResult hidden = mask.hideIn(result);

        assertThat(hidden.imageId()).isEqualTo(result.imageId());
        assertThat(hidden.steps().get(0).name()).isEqualTo("RUN echo ****");
    }

    @Test
    void hidesInAFailureAndLeavesItsCauseOut() {
        mask.add(SecretBytes.of("hunter22"));
        EngineException failure = new EngineException(
                "could not push", "hunter22 was refused", "Check hunter22", new IOException("said hunter22"));

        EngineException hidden = mask.hideIn(failure);

        assertThat(hidden)
                .hasMessage("could not push: **** was refused. Check ****")
                .hasNoCause();
        assertThat(hidden.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(mask.hideIn(
                        new BuildFailedException("could not build", "x", "", "RUN hunter22", List.of("hunter22"))))
                .isInstanceOfSatisfying(BuildFailedException.class, failed -> {
                    assertThat(failed.instruction()).isEqualTo("RUN ****");
                    assertThat(failed.lastLines()).containsExactly("****");
                    assertThat(failed.getMessage()).doesNotContain("hunter22");
                });
        assertThat(mask.hideIn(new InvalidRequestException("hunter22", "", "")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("****: ");
        EngineException clean = new EngineException("a", "b", "c");
        assertThat(mask.hideIn(clean)).isSameAs(clean);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
